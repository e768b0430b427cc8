import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { vaeColumns } from '../../src/families/vae/columns.ts';
import { columnNames } from '../../src/model/columns.ts';
import { cutLines } from './jsonLines.ts';
import { readMetrics } from './metricsFile.ts';

const root = mkdtempSync(join(tmpdir(), 'metrics-'));
afterAll(() => rmSync(root, { recursive: true }));
const path = join(root, 'metrics.jsonl');
const config = { ...presets.tiny, latents: 2 };
const columns = vaeColumns(config);
const names = columnNames(columns);

/** A row whose every number tells step and column. */
const rowOf = (step: number): Record<string, number> => ({
  step,
  ...Object.fromEntries(names.map((name, column) => [name, step + column / 100])),
});
const line = (step: number) => JSON.stringify(rowOf(step));
const file = (steps: number) => Array.from({ length: steps }, (_, i) => `${line(i + 1)}\n`).join('');
/** A file of rows, one of them replaced. */
const fileWith = (steps: number, at: number, text: string) => file(steps).replace(`${line(at)}\n`, text);

async function read(contents: string | Buffer, lastStep: number, of = columns) {
  writeFileSync(path, contents);
  const rows: number[][] = [];
  const result = await readMetrics(path, lastStep, of, ({ rows: row }) => rows.push([...row]));
  return { ...result, rows };
}

describe('rows that are all there are read, and what follows the last one is cut off', () => {
  const crlf = (text: string) => text.replaceAll('\n', '\r\n');
  test.each([
    ['plain', file(5), 5, file(5)],
    ['CRLF', crlf(file(5)), 5, crlf(file(5))],
    ['a byte-order mark', `\uFEFF${file(5)}`, 5, `\uFEFF${file(5)}`],
    ['a byte-order mark and CRLF', crlf(`\uFEFF${file(5)}`), 4, crlf(`\uFEFF${file(4)}`)],
    [
      'some CRLF and some LF',
      crlf(file(3)) + file(5).slice(file(3).length),
      5,
      crlf(file(3)) + file(5).slice(file(3).length),
    ],
    ['spaces within lines', file(3).replaceAll(',', ' , '), 3, file(3).replaceAll(',', ' , ')],
    ['steps after the checkpoint', file(9), 5, file(5)],
    ['a last line that was not finished', `${file(5)}{"step":6,"recon`, 5, file(5)],
    ['a last line without its end', file(5).slice(0, -1), 5, file(5)],
    ['a last line with half its end', crlf(file(5)).slice(0, -1), 5, crlf(file(5))],
    ['what a lost power supply leaves behind the checkpoint', `${file(5)}\0\0\0\n\0\0`, 5, file(5)],
    ['empty lines at the end', `${file(5)}\n\n`, 5, file(5)],
    ['no checkpoint yet', file(7), 0, ''],
  ])('%s', async (_, contents, lastStep, kept) => {
    const found = await read(contents, lastStep);
    expect(found.rows).toEqual(
      Array.from({ length: lastStep }, (_row, i) =>
        names.map((_name, column) => Math.fround(i + 1 + column / 100)),
      ),
    );
    expect(readFileSync(path, 'utf8')).toBe(contents);
    await cutLines(found.kept);
    expect(readFileSync(path, 'utf8')).toBe(kept);
  });

  test('a file that is not there has no rows', async () => {
    rmSync(path, { force: true });
    const { kept } = await readMetrics(path, 0, columns, () => expect.fail('a row'));
    await cutLines(kept);
    await expect(readMetrics(path, 1, columns, () => undefined)).rejects.toThrow('it ends after step 0');
  });

  test('of beta-VAE the discriminator’s numbers may be missing, and no others', async () => {
    const { totalCorrelation, discriminatorLoss, discriminatorAccuracy, ...row } = rowOf(1);
    expect([totalCorrelation, discriminatorLoss, discriminatorAccuracy]).not.toContain(undefined);
    const text = `${JSON.stringify(row)}\n`;
    const { rows } = await read(text, 1, vaeColumns({ ...config, objective: 'betaVae' }));
    expect(rows[0].filter(Number.isNaN)).toHaveLength(3);
    await expect(read(text, 1)).rejects.toThrow('line 1 has no number for "totalCorrelation"');
  });
});

describe('what is damaged up to the checkpoint is refused by name, and not touched', () => {
  const withCell = (name: string, cell: string) =>
    fileWith(9, 4, `${line(4).replace(new RegExp(`("${name}"):[^,}]+`), `$1:${cell}`)}\n`);
  const bytes = Buffer.from(file(9));
  test.each<[string, string | Buffer, string]>([
    ['a line cut in the middle', fileWith(9, 4, `${line(4).slice(0, 30)}\n`), 'line 4 cannot be read'],
    ['a line cut with its end', fileWith(9, 4, line(4).slice(0, 30)), 'line 4 cannot be read'],
    ['an empty line', fileWith(9, 4, `\n${line(4)}\n`), 'line 4 cannot be read'],
    ['two rows in a line', fileWith(9, 4, line(4)), 'line 4 cannot be read'],
    ['zeros', fileWith(9, 4, '\0\0\0\n'), 'line 4 cannot be read'],
    ['JSON that is no object', fileWith(9, 4, '4\n'), 'line 4 cannot be read'],
    ['a list', fileWith(9, 4, '[]\n'), 'line 4 cannot be read'],
    [
      'bytes that are no UTF-8',
      Buffer.concat([bytes.subarray(0, 30), Buffer.of(0xff), bytes.subarray(31)]),
      'line 1 cannot be read',
    ],
    ['UTF-16', Buffer.from(file(9), 'utf16le'), 'line 1 cannot be read'],
    [
      'a row twice',
      fileWith(9, 4, `${line(4)}\n${line(4)}\n`),
      'line 5 is of step 4 and should be of step 5',
    ],
    ['a row gone', fileWith(9, 4, ''), 'line 4 is of step 5 and should be of step 4'],
    ['two rows exchanged', fileWith(9, 4, `${line(5)}\n${line(4)}\n`), 'line 4 is of step 5'],
    ['a step that is no whole number', withCell('step', '4.5'), 'line 4 is of step 4.5'],
    ['a step as text', withCell('step', '"4"'), 'line 4 cannot be read'],
    ['null for a number', withCell('kl', 'null'), 'line 4 has no number for "kl"'],
    ['text for a number', withCell('gamma', '"10"'), 'line 4 has no number for "gamma"'],
    ['a number that overflows', withCell('klLatent1', '1e999'), 'line 4 has no number for "klLatent1"'],
    [
      'another name',
      fileWith(9, 4, `${line(4).replace('beta', 'bets')}\n`),
      'line 4 has no number for "beta"',
    ],
    ['fewer rows', file(8), 'it ends after step 8'],
    ['no rows', '', 'it ends after step 0'],
    ['a last row that was not finished', file(9).slice(0, -9), 'line 9 was not finished'],
  ])('%s', async (_, contents, message) => {
    const refused = expect.objectContaining({
      name: 'MetricsDamagedError',
      message: expect.stringMatching(`metrics.jsonl is damaged: ${message}.* checkpoint is of step 9`),
    });
    await expect(read(contents, 9)).rejects.toThrow(refused);
    expect(readFileSync(path)).toEqual(Buffer.from(contents));
  });
});
