import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { blankEvaluation } from '../../src/record/blankEvaluation.fixture.ts';
import { parseRunRecord } from '../../src/record/runRecord.ts';
import type * as EvaluateRun from './evaluateRun.ts';
import { DamagedFileError, exitCodeOf } from './failures.ts';
import { train } from './small.fixture.ts';

// The measures take most of a small run's time, and no part in this.
vi.mock('./evaluateRun.ts', async (original) => ({
  ...(await original<typeof EvaluateRun>()),
  evaluateRun: async ({ step }: { step: number }) => ({ ...blankEvaluation(step), mig: step / 100 }),
}));

const root = mkdtempSync(join(tmpdir(), 'damage-'));
afterAll(() => rmSync(root, { recursive: true }));
const options = '--steps 12 --evaluate-every 6';
const more = '--steps 14 --evaluate-every 6';
const base = join(root, 'base');
const whole = join(root, 'whole');
/** Files that tell what a run came to. */
const results = ['checkpoint.safetensors', 'weights.safetensors', 'reconstructions.png', 'traversals.png'];
const lines = ['metrics.jsonl', 'evaluations.jsonl'];

beforeAll(async () => {
  await train(base, options);
  cpSync(base, whole, { recursive: true });
  await train(whole, more);
}, 60_000);

type Damage = (text: string) => string | Uint8Array;
const bytesOf = (directory: string) =>
  Object.fromEntries(
    readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'base64')]),
  );
const pick = (directory: string, names: readonly string[]) =>
  names.map((name) => readFileSync(join(directory, name), 'base64'));
const recordOf = (directory: string) => {
  const { startedAt, seconds, name, ...record } = parseRunRecord(
    readFileSync(join(directory, 'run.json'), 'utf8'),
  );
  return record;
};

/** A copy of the run of twelve steps with one file damaged; null takes it away. */
function damaged(file: string, damage: Damage | null): string {
  const directory = mkdtempSync(join(root, 'case-'));
  cpSync(base, directory, { recursive: true });
  const path = join(directory, file);
  if (damage) writeFileSync(path, damage(readFileSync(path, 'latin1')), 'latin1');
  else unlinkSync(path);
  return directory;
}

const crlf: Damage = (text) => text.replaceAll('\n', '\r\n');
const mark: Damage = (text) => `\xef\xbb\xbf${text}`;
const half: Damage = (text) => text.slice(0, text.length / 2);
const empty: Damage = () => '';
const flipLast: Damage = (text) =>
  text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) ^ 1);
const withoutLine =
  (number: number): Damage =>
  (text) =>
    text
      .split('\n')
      .filter((_, at) => at !== number - 1)
      .join('\n');
const says =
  (from: RegExp | string, to: string): Damage =>
  (text) => {
    expect(text).toMatch(from);
    return text.replace(from, to);
  };

describe('what can be made again does not hold a run up, and it comes to the same', () => {
  test.each<[string, string, Damage | null]>([
    ['config.json', 'gone', null],
    ['config.json', 'cut', half],
    ['metrics.jsonl', 'a tail', (text) => `${text}{"step":13,"rec`],
    ['evaluations.jsonl', 'gone', null],
    ['evaluations.jsonl', 'a last line that was not finished', half],
    ['evaluations.jsonl', 'a line gone', withoutLine(1)],
    ['run.json', 'gone', null],
    ['run.json', 'cut', half],
    ['run.json', 'of another version', says('"version":1', '"version":7')],
    ['run.json', 'of other settings', says('"seed":0', '"seed":4')],
    ['run.json', 'says diverged', says('"complete"', '"diverged"')],
    ['run.json', 'says more steps', says('"steps":12', '"steps":900')],
    ['weights.safetensors', 'empty', empty],
    ['traversals.png', 'gone', null],
    ['checkpoint.safetensors', 'cut', half],
    ['checkpoint.safetensors', 'a bit', flipLast],
    ['checkpoint.safetensors', 'gone', null],
  ])('%s: %s', async (file, _, damage) => {
    const directory = damaged(file, damage);
    const { failures } = await train(directory, more);
    expect(failures).toEqual([]);
    expect(pick(directory, [...results, ...lines])).toEqual(pick(whole, [...results, ...lines]));
    expect(recordOf(directory)).toEqual(recordOf(whole));
  });

  test.each([
    ['CRLF', crlf],
    ['a byte-order mark', mark],
  ])('%s in either file of lines', async (_, damage) => {
    const directory = damaged('metrics.jsonl', damage);
    const evaluations = join(directory, 'evaluations.jsonl');
    writeFileSync(evaluations, damage(readFileSync(evaluations, 'latin1')), 'latin1');
    expect((await train(directory, more)).failures).toEqual([]);
    expect(recordOf(directory)).toEqual(recordOf(whole));
    for (const file of lines) {
      const plain = readFileSync(join(directory, file), 'utf8').replaceAll(/\r|\uFEFF/g, '');
      expect(plain).toBe(readFileSync(join(whole, file), 'utf8'));
    }
  });
});

describe('a finished run is made whole again without a step more', () => {
  test.each<[string, Damage | null]>([
    ['weights.safetensors', null],
    ['weights.safetensors', flipLast],
    ['reconstructions.png', half],
    [
      'traversals.png',
      (text) => text.slice(0, 60) + String.fromCharCode(text.charCodeAt(60) ^ 4) + text.slice(61),
    ],
    ['run.json', null],
    ['run.json', says(/"mean":\[\d/, '"mean":[7')],
    ['config.json', null],
    ['evaluations.jsonl', null],
    ['checkpoint.safetensors', flipLast],
  ])('%s', async (file, damage) => {
    const directory = damaged(file, damage);
    expect((await train(directory, options)).failures).toEqual([]);
    const again = file === 'checkpoint.safetensors' ? lines : [...results, ...lines, 'config.json'];
    expect(pick(directory, again)).toEqual(pick(base, again));
    expect(recordOf(directory)).toEqual(recordOf(base));
    expect((await train(directory, options)).text).toMatch(/has its 12 steps; skipped\.\n$/);
  });
});

describe('what cannot be made again is named, and nothing is touched', () => {
  test.each<[string, string, Damage | null, string]>([
    ['metrics.jsonl', 'empty', empty, 'MetricsDamagedError'],
    ['metrics.jsonl', 'gone', null, 'MetricsDamagedError'],
    ['metrics.jsonl', 'cut', half, 'MetricsDamagedError'],
    ['metrics.jsonl', 'a line gone', withoutLine(5), 'MetricsDamagedError'],
    ['metrics.jsonl', 'a line unreadable', says('"step":5,', '"step":5;'), 'MetricsDamagedError'],
    ['evaluations.jsonl', 'a line unreadable', says('"step":6', '"step":6;'), 'EvaluationsDamagedError'],
    ['evaluations.jsonl', 'a line twice', (text) => text + text, 'EvaluationsDamagedError'],
    ['evaluations.jsonl', 'a number missing', says(/"mig":[^,]+,/, ''), 'EvaluationsDamagedError'],
  ])('%s: %s', async (file, _, damage, name) => {
    const directory = damaged(file, damage);
    const before = bytesOf(directory);
    const { failures } = await train(directory, more);
    expect(failures).toMatchObject([
      { thrown: { name, message: expect.stringContaining(join(directory, file)) } },
    ]);
    expect(exitCodeOf(failures[0].thrown)).toBe(5);
    expect(bytesOf(directory)).toEqual(before);
  });

  test('both checkpoints, damaged or gone', async () => {
    for (const [damage, name] of [
      [half, 'CheckpointDamagedError'],
      [null, 'CheckpointMissingError'],
    ] as const) {
      const directory = damaged('checkpoint.safetensors', damage);
      const previous = join(directory, 'checkpoint.previous.safetensors');
      if (damage) writeFileSync(previous, damage(readFileSync(previous, 'latin1')), 'latin1');
      else unlinkSync(previous);
      const before = bytesOf(directory);
      const { failures } = await train(directory, more);
      expect(failures).toMatchObject([{ thrown: { name } }]);
      expect(failures[0].thrown).toBeInstanceOf(DamagedFileError);
      expect(bytesOf(directory)).toEqual(before);
    }
  });

  test('files of nobody knows what', async () => {
    const directory = mkdtempSync(join(root, 'foreign-'));
    writeFileSync(join(directory, 'metrics.jsonl'), '{"loss":3}\n');
    const { failures } = await train(directory, more);
    expect(failures).toMatchObject([{ thrown: { name: 'RunDirectoryError' } }]);
    expect(bytesOf(directory)).toEqual({ 'metrics.jsonl': Buffer.from('{"loss":3}\n').toString('base64') });
  });

  test('settings that only the checkpoint tells', async () => {
    const directory = damaged('config.json', null);
    for (const file of [null, 'run.json']) {
      if (file) unlinkSync(join(directory, file));
      const before = bytesOf(directory);
      const { failures } = await train(directory, `${more} --gamma 99`);
      const [{ thrown }] = failures;
      expect(String(thrown)).toContain('--gamma is 10 there and 99 here');
      expect(bytesOf(directory)).toEqual(before);
    }
  });
});

test('in a sweep a damaged run is told, and the others are done', async () => {
  const out = join(root, 'sweep');
  await train(out, '--steps 3 --gamma 1,2,3');
  writeFileSync(join(out, 'gamma-2', 'metrics.jsonl'), '');
  const { text, records, failures } = await train(out, '--steps 4 --gamma 1,2,3');
  expect(records.map(({ name, steps }) => [name, steps])).toEqual([
    ['gamma-1', 4],
    ['gamma-3', 4],
  ]);
  expect(failures).toMatchObject([{ name: 'gamma-2', thrown: { name: 'MetricsDamagedError' } }]);
  expect(text).toMatch(/\ngamma-2 +- +failed .*\ngamma-2: MetricsDamagedError: .*metrics.jsonl is damaged/);
});

test('a run that diverged is tried again where its metrics do not say so too', async () => {
  const out = join(root, 'diverged');
  const wild = '--steps 200 --learning-rate 1 --gamma 200 --beta 100';
  const { records } = await train(out, wild);
  expect(records).toMatchObject([{ outcome: 'diverged' }]);
  const metrics = join(out, 'metrics.jsonl');
  const before = readFileSync(metrics, 'utf8');
  writeFileSync(metrics, before.slice(0, -20));
  expect((await train(out, wild)).text).toContain('no longer finite');
  expect(readFileSync(metrics, 'utf8')).toBe(before);
  expect((await train(out, wild)).text).toContain('has diverged; skipped.');
});
