import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { readCheckpoint } from '../../src/files/checkpoint.ts';
import { blankEvaluation } from '../../src/record/blankEvaluation.fixture.ts';
import { parseRunRecord } from '../../src/record/runRecord.ts';
import type * as EvaluateRun from './evaluateRun.ts';
import { exitCodeOf } from './failures.ts';
import { train } from './small.fixture.ts';

/** The next call of `open`, `appendFile` or `writeFile` for a path of this kind fails as a full disk does. */
const fails = vi.hoisted(() => ({
  path: /^$/,
  code: 'ENOSPC',
  evaluation: null as Error | null,
  measures: false,
}));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const check = (path: unknown) => {
    if (fails.path.test(String(path)))
      throw Object.assign(new Error(`${fails.code}: failed`), { code: fails.code });
  };
  const open: typeof real.open = async (...args) => {
    check(args[0]);
    return real.open(...args);
  };
  const appendFile: typeof real.appendFile = async (...args) => {
    check(args[0]);
    return real.appendFile(...args);
  };
  const writeFile: typeof real.writeFile = async (...args) => {
    check(args[0]);
    return real.writeFile(...args);
  };
  return { ...real, open, appendFile, writeFile };
});

/** The measures take most of a small run's time, so only the tests that are about them have them. */
vi.mock('./evaluateRun.ts', async (original) => {
  const real = await original<typeof EvaluateRun>();
  const evaluateRun: typeof real.evaluateRun = async (...args) => {
    if (fails.evaluation) throw fails.evaluation;
    return fails.measures ? real.evaluateRun(...args) : blankEvaluation(args[0].step);
  };
  return { ...real, evaluateRun };
});

const root = mkdtempSync(join(tmpdir(), 'failing-'));
afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => {
  fails.path = /^$/;
  fails.code = 'ENOSPC';
  fails.evaluation = null;
  fails.measures = false;
});
const read = (...path: string[]) => readFileSync(join(root, ...path));
const recordOf = (...path: string[]) => parseRunRecord(read(...path, 'run.json').toString());
const results = [
  'checkpoint.safetensors',
  'weights.safetensors',
  'metrics.jsonl',
  'evaluations.jsonl',
  'traversals.png',
];

describe('where a file cannot be written the last checkpoint is kept, and the same command goes on later', () => {
  test.each([
    ['ENOSPC', 'checkpoint.safetensors.new', 'the disk is full'],
    ['EDQUOT', 'weights.safetensors.new', 'quota'],
    ['EROFS', 'metrics.jsonl', 'may only be read'],
    ['ENOSPC', 'run.json.new', 'the disk is full'],
    ['EACCES', 'traversals.png.new', 'no right'],
    ['EIO', 'evaluations.jsonl', 'failed'],
  ])('%s: %s', async (code, file, why) => {
    const out = join(root, `${code}-${file}`);
    const [first, second] = ['--steps 4', '--steps 9'];
    await train(out, first);
    Object.assign(fails, { code, path: new RegExp(`${file}$`) });
    const { text, failures } = await train(out, second);
    expect(failures).toMatchObject([
      { thrown: { name: 'WriteError', message: expect.stringContaining(why) } },
    ]);
    expect(exitCodeOf(failures[0].thrown)).toBe(4);
    const { step } = readCheckpoint(readFileSync(join(out, 'checkpoint.safetensors'))).snapshot;
    expect(text).toMatch(/The checkpoint of step [49] is kept/);
    expect([4, 9]).toContain(step);
    expect(readdirSync(out).filter((name) => /\.new$|lock/.test(name))).toEqual([]);

    fails.path = /^$/;
    expect((await train(out, second)).failures).toEqual([]);
    const unhurt = join(root, `unhurt-${code}-${file}`);
    for (const steps of [first, second]) await train(unhurt, steps);
    for (const name of results)
      expect(readFileSync(join(out, name))).toEqual(readFileSync(join(unhurt, name)));
  });

  test('a full disk ends a sweep, what one run alone cannot write does not', async () => {
    fails.path = /gamma-1.metrics.jsonl$/;
    const full = await train(join(root, 'full'), '--steps 3 --gamma 1,2,3');
    expect(full.failures).toMatchObject([{ name: 'gamma-1' }]);
    expect(full.records).toEqual([]);
    expect(full.text).toContain('2 of the runs were not begun');
    fails.code = 'EACCES';
    const one = await train(join(root, 'right'), '--steps 3 --gamma 1,2,3');
    expect(one.failures).toMatchObject([{ name: 'gamma-1' }]);
    expect(one.records).toMatchObject([{ name: 'gamma-2' }, { name: 'gamma-3' }]);
  });

  test('a directory that cannot be locked', async () => {
    fails.path = /run.lock/;
    const { failures } = await train(join(root, 'unlocked'), '--steps 3');
    expect(failures).toMatchObject([{ thrown: { name: 'WriteError' } }]);
  });
});

describe('where nothing can be measured the training is kept', () => {
  const saved = (...run: string[]) =>
    expect(readCheckpoint(read(...run, 'checkpoint.safetensors')).snapshot.step).toBe(7);

  test.each([
    ['one picture', '--shape 1 --scale 1 --orientation 1 --pos-x 1 --pos-y 1', 0],
    ['two pictures', '--shape 2 --scale 1 --orientation 1 --pos-x 1 --pos-y 1', 1],
    ['one factor', '--shape 1 --scale 1 --orientation 1 --pos-x 9 --pos-y 1', 1],
  ])('%s', async (name, grid, evaluations) => {
    fails.measures = true;
    const out = join(root, name);
    const { text, failures } = await train(out, '--steps 7', { grid });
    expect(failures).toEqual([]);
    expect(recordOf(name)).toMatchObject({ outcome: 'complete', steps: 7 });
    expect(recordOf(name).evaluations).toHaveLength(evaluations);
    if (evaluations === 0)
      expect(text).toMatch(/Nothing will be measured: no factor .*: --shape, --scale, .*--pos-y\./);
    saved(name);
  });

  test('an error of the measures is told on the way, and ends a run at its end, whose steps are saved', async () => {
    fails.evaluation = new TypeError('a fault of the program');
    const { text, records, failures } = await train(
      join(root, 'thrown'),
      '--steps 7 --evaluate-every 5 --gamma 1,2',
    );
    expect(text).toContain('At step 5 nothing was measured: a fault of the program');
    expect(failures).toMatchObject([{ name: 'gamma-1' }, { name: 'gamma-2' }]);
    expect(exitCodeOf(failures[0].thrown)).toBe(1);
    expect(records).toEqual([]);
    saved('thrown', 'gamma-1');
    saved('thrown', 'gamma-2');
    expect(recordOf('thrown', 'gamma-2')).toMatchObject({ outcome: 'stopped', steps: 7 });

    fails.evaluation = null;
    expect((await train(join(root, 'thrown'), '--steps 7 --gamma 1,2')).failures).toEqual([]);
    expect(recordOf('thrown', 'gamma-2').evaluations.map(({ step }) => step)).toEqual([7]);
  });
});
