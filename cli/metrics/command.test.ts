import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type SafeTensor, writeSafetensors } from '../../src/files/safetensors.ts';
import { gridRows } from '../../src/metrics/codeSample.ts';
import { codesLimits } from './codesFile.ts';
import { evaluationJson, measureFile, readMetricsArguments } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'codes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sizes = [2, 3, 4];
const rows = 24;
const factors: SafeTensor = { dtype: 'I32', shape: [rows, 3], data: new Int32Array(gridRows(sizes)) };
const codes: SafeTensor = { dtype: 'F32', shape: [rows, 3], data: Float32Array.from(gridRows(sizes)) };
const metadata = { factor_sizes: JSON.stringify(sizes) };

function codesFile(tensors: Record<string, SafeTensor>, facts: Record<string, string> = metadata): string {
  const path = join(folder, 'codes.safetensors');
  writeFileSync(path, writeSafetensors(new Map(Object.entries(tensors)), facts));
  return path;
}

describe('npm run metrics', () => {
  test('prints one object of all scores and nothing else', () => {
    const path = codesFile({ codes, factors });
    const script = resolve(import.meta.dirname, '../run.mjs');
    const command = resolve(import.meta.dirname, '../metrics.ts');
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [script, command, ...args], { encoding: 'utf8' });
    const good = run(path, '--seed', '3');
    expect(good).toMatchObject({ status: 0, stderr: '' });
    const score = expect.any(Number);
    expect(JSON.parse(good.stdout)).toEqual({
      mig: expect.closeTo(1, 6),
      sapContinuous: expect.closeTo(1, 6),
      modularity: expect.closeTo(1, 6),
      gaussianTotalCorrelation: expect.closeTo(0, 6),
      mutualInformation: [
        [score, score, score],
        [score, score, score],
        [score, score, score],
      ],
      dci: {
        disentanglement: score,
        completeness: score,
        informativenessTrain: score,
        informativenessTest: score,
      },
      factorVae: { fitted: 1, heldOut: 1 },
      higgins: { fitted: 1, heldOut: 1 },
    });

    const bad = run(path, '--seed', '-1');
    expect(bad).toMatchObject({ status: 2, stdout: '' });
    expect(bad.stderr).toMatch(/^UsageError: --seed must be a whole number from 0 to 4294967295, not "-1"/);
    expect(run(join(folder, 'missing'))).toMatchObject({ status: 2, stdout: '' });
    writeFileSync(path, 'no safetensors');
    const damaged = run(path);
    expect(damaged).toMatchObject({ status: 5, stdout: '' });
    expect(damaged.stderr).toMatch(/^SafetensorsHeaderError: \S*codes\.safetensors: [^\n]*\.\n$/);
    const help = run('--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/5 where the file is damaged/);
  });

  test('a total correlation without bound is null', async () => {
    const constantSum = Float32Array.from(
      { length: rows * 2 },
      (_, at) => (at >> 1) * (at % 2 === 0 ? 1 : -1),
    );
    const path = codesFile({ codes: { dtype: 'F32', shape: [rows, 2], data: constantSum }, factors });
    expect(evaluationJson(await measureFile(path, 0))).toContain('"gaussianTotalCorrelation":null');
  });

  const cases: [string, string, Record<string, SafeTensor>, Record<string, string>?][] = [
    ['no codes', 'no tensor "codes"', { factors }],
    ['no factors', 'no tensor "factors"', { codes }],
    ['codes of another type', '"codes" must be F32, not I32', { codes: factors, factors }],
    ['factors of another type', '"factors" must be I32, not F32', { codes, factors: codes }],
    ['flat codes', 'two dimensions', { codes: { ...codes, shape: [rows * 3] }, factors }],
    ['too few rows', 'needs 30', { codes, factors }, { factor_sizes: '[2, 3, 5]' }],
    ['too many factors', 'shape [24, 3] instead of [24, 2]', { codes, factors }, { factor_sizes: '[6, 4]' }],
    ['another order', 'row 2 of "factors"', { codes, factors }, { factor_sizes: '[3, 4, 2]' }],
    ['no sizes', 'no "factor_sizes"', { codes, factors }, {}],
    ['sizes that are none', 'whole numbers above 0', { codes, factors }, { factor_sizes: '[2, 3, 0]' }],
    ['sizes that are no JSON', 'whole numbers above 0', { codes, factors }, { factor_sizes: '2x3x4' }],
  ];
  test.each(cases)('%s: named in a sentence', async (_, message, tensors, facts) => {
    const path = codesFile(tensors, facts);
    const error = expect.objectContaining({
      name: 'CodesFileError',
      message: expect.stringMatching(
        /^\S*codes\.safetensors: The file of codes cannot be used: [^\n]*\. Make the file again, or name another\.$/,
      ),
    });
    await expect(measureFile(path, 0)).rejects.toThrow(error);
    await expect(measureFile(path, 0)).rejects.toThrow(message);
  });

  // Each is refused by what the file says, before its numbers are looked at.
  const sized = (name: 'codes' | 'factors', shape: [number, number]): SafeTensor =>
    name === 'codes'
      ? { dtype: 'F32', shape, data: new Float32Array(shape[0] * shape[1]) }
      : { dtype: 'I32', shape, data: new Int32Array(shape[0] * shape[1]) };
  const { rows: mostRows, latents, factors: mostFactors, values } = codesLimits;
  const tooLarge: [string, string, [number, number], number[]][] = [
    ['values of a factor', `a factor of ${values + 1} values, and ${values}`, [values + 1, 1], [values + 1]],
    ['values of the last factor', 'a factor of 20000 values', [20_000, 1], [1, 20_000]],
    ['values beyond any file', 'a factor of 9007199254740991 values', [24, 1], [2, 9007199254740991]],
    ['factors', `${mostFactors + 1} factors`, [2, 1], [2, ...new Array(mostFactors).fill(1)]],
    ['columns', `${latents + 1} columns, and ${latents}`, [24, latents + 1], [24]],
    ['rows', `${mostRows + 1} rows, and ${mostRows}`, [mostRows + 1, 1], [1000, 1000, 6]],
  ];
  test.each(tooLarge)('too many %s: refused at once', async (_, message, shape, grid) => {
    const path = codesFile(
      { codes: sized('codes', shape), factors: sized('factors', [shape[0], 0]) },
      { factor_sizes: JSON.stringify(grid) },
    );
    await expect(measureFile(path, 0)).rejects.toThrow(message);
  });

  test('codes that are not finite, a file that is none, no file', async () => {
    const endless = new Float32Array(rows * 3).fill(Number.POSITIVE_INFINITY);
    const infinite: SafeTensor = { dtype: 'F32', shape: [rows, 3], data: endless };
    const refused = async (name: string, path: string, message: RegExp) => {
      const error = expect.objectContaining({ name, message: expect.stringMatching(message) });
      await expect(measureFile(path, 0)).rejects.toThrow(error);
    };
    await refused('CodesNotFiniteError', codesFile({ codes: infinite, factors }), /codes\.safetensors: /);
    const still = { codes: sized('codes', [1, 1]), factors: sized('factors', [1, 2]) };
    await refused(
      'NoVaryingFactorError',
      codesFile(still, { factor_sizes: '[1, 1]' }),
      /codes\.safetensors: /,
    );
    writeFileSync(join(folder, 'text'), 'no safetensors');
    await refused('SafetensorsHeaderError', join(folder, 'text'), /text: .*said to be/);
    await refused('FileError', join(folder, 'missing'), /missing cannot be read: there is no such file/);
    await refused('FileError', folder, /it is a folder\. Name a file in it\.$/);
    await refused('FileError', join(folder, 'text', 'below'), /a part of its path is no folder/);
    await refused('FileError', join(folder, 'x'.repeat(5000)), /its path is too long/);
    await refused('FileError', join(folder, 'a\0b'), /a character that no name may have/);
  });

  test.each([
    [[], /Name one file of codes, not 0\./],
    [['a', 'b'], /Name one file of codes, not 2\./],
    [['a', '--sead', '1'], /^--sead is no option; valid ones are --seed VALUE\./],
    [['a', '-x'], /^-x is no option/],
    [['a', '--seed'], /^--seed needs a value/],
    [['a', '--seed', '--help'], null],
    [['a', '--seed='], /^--seed needs a value/],
    [['a', '--seed', 'x'], /from 0 to 4294967295, not "x"/],
    [['a', '--seed', '1.5'], /not "1\.5"/],
    [['a', '--seed', '4294967296'], /not "4294967296"/],
    [['a', '--seed', '1', '--seed=2'], /given twice/],
  ])('arguments %j', (args, message) => {
    if (message === null) expect(readMetricsArguments(args)).toBeNull();
    else
      expect(() => readMetricsArguments(args)).toThrow(
        expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(message) }),
      );
  });

  test('what stands behind -- is a file', () => {
    expect(readMetricsArguments(['--seed=7', '--', '--help'])).toEqual({ path: '--help', seed: 7 });
  });
});
