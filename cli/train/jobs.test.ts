import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseRunRecord } from '../../src/record/runRecord.ts';
import { exitCodes } from './failures.ts';
import { readPlan } from './plan.ts';
import { startCommand, train } from './small.fixture.ts';

const root = mkdtempSync(join(tmpdir(), 'train-jobs-'));
afterAll(() => rmSync(root, { recursive: true }));

const runs = ['gamma-5_seed-0', 'gamma-5_seed-1', 'gamma-10_seed-0', 'gamma-10_seed-1'];
const sweep = '--gamma 5,10 --seed 0,1 --steps 30 --evaluate-every 20';
const recordOf = (...path: string[]) => parseRunRecord(readFileSync(join(root, ...path, 'run.json'), 'utf8'));

describe('a sweep of several runs at a time', () => {
  test('comes to the same files as one run after another, and is not done twice', async () => {
    await train(join(root, 'one'), sweep);
    const { text, code } = await startCommand(join(root, 'two'), `${sweep} --jobs 2`).ended;
    expect(code, text).toBe(exitCodes.done);
    for (const run of runs) {
      for (const file of [
        'metrics.jsonl',
        'weights.safetensors',
        'checkpoint.safetensors',
        'evaluations.jsonl',
      ])
        expect(
          readFileSync(join(root, 'two', run, file)).equals(readFileSync(join(root, 'one', run, file))),
        ).toBe(true);
      expect(text).toContain(`${run}: 30 steps on tfjs on WebAssembly`);
      expect(text).toMatch(new RegExp(`\\n${run} +30 +done`));
    }
    const plan = await readPlan(join(root, 'two', 'sweep.json'));
    expect(plan.runs.map(({ directory }) => directory)).toEqual(runs);
    expect(plan.made.command).toMatch(/^npm run train -- .* --gamma 5,10 --seed 0,1 .* --jobs 2 /);
    const again = await startCommand(join(root, 'two'), `${sweep} --jobs 2`).ended;
    for (const run of runs) expect(again.text).toContain(`${run}: has its 30 steps; skipped.\n`);
    expect(again.code).toBe(exitCodes.done);
  }, 120_000);

  test('one that fails does not keep the others from being done, and gives the exit code', async () => {
    const out = join(root, 'damaged');
    await train(out, '--gamma 5,10 --steps 4');
    writeFileSync(join(out, 'gamma-5', 'metrics.jsonl'), 'nothing\n');
    const { text, code } = await startCommand(out, '--gamma 5,10 --steps 8 --jobs 2').ended;
    expect(code, text).toBe(exitCodes.damaged);
    expect(text).toMatch(/gamma-5 failed: \w+Error: .*metrics\.jsonl/);
    expect(text).toMatch(/\ngamma-10 +8 +done/);
  }, 120_000);

  test('a signal stops all that are under way, which are saved and go on later', async () => {
    const out = join(root, 'stopped');
    const steps = '--gamma 5,10 --steps 100000000 --jobs 2';
    const run = startCommand(out, steps);
    await run.said(/gamma-5: \d+\/100000000/);
    await run.said(/gamma-10: \d+\/100000000/);
    run.kill('SIGTERM');
    const { text, code } = await run.ended;
    expect(code, text).toBe(143);
    expect(text).toContain('The same command goes on from here.');
    for (const name of ['gamma-5', 'gamma-10']) {
      const { outcome, steps } = recordOf('stopped', name);
      expect(outcome).toBe('stopped');
      expect(steps).toBeGreaterThan(0);
    }
  }, 120_000);
});
