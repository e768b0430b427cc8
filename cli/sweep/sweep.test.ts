import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseRuns } from '../../src/record/runFile.ts';
import { doPlanned, readRunArguments } from '../train/doPlanned.ts';
import { RunLock } from '../train/lock.ts';
import { readPlan, type SweepPlan } from '../train/plan.ts';
import { doTask, help, type Task, tasks } from './command.ts';
import { spreadText } from './gather.ts';

const root = mkdtempSync(join(tmpdir(), 'sweep-'));
afterAll(() => rmSync(root, { recursive: true }));

const small =
  '--preset tiny --engine wasm --threads 1 --conv-widths 4_4 --dense-width 8 --latents 3 --discriminator-width 8 --discriminator-depth 2 --batch-size 4 --scale 2 --pos-x 3 --pos-y 3';
const path = (...parts: string[]) => join(root, ...parts);

/** A task with its arguments in one string. */
async function sweep(task: Task, args: string): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await doTask(task, args.split(' ').filter(Boolean), { write: (part) => (text += part) });
  return { code, text };
}
const plan = (name: string, options: string) => sweep('plan', `--out ${path(name)} ${small} ${options}`);

/** Run N of a plan; `stopAt` aborts at the first line that it is part of. */
async function run(name: string, index: number, stopAt?: string) {
  const controller = new AbortController();
  let text = '';
  const write = (part: string) => {
    text += part;
    if (stopAt && part.includes(stopAt)) controller.abort();
  };
  const asked = { plan: path(name, 'sweep.json'), index, threads: null, wait: 0 };
  const record = await doPlanned(asked, { write }, controller.signal);
  return { record, text };
}

/** Writes a plan again with one thing changed. */
async function change(name: string, edit: (text: string) => string): Promise<void> {
  writeFileSync(path(name, 'sweep.json'), edit(readFileSync(path(name, 'sweep.json'), 'utf8')));
}
const namesOf = ({ runs }: SweepPlan) => runs.map(({ name }) => name);
const refused = (code: string, words: RegExp) =>
  expect.objectContaining({
    message: expect.stringMatching(words),
    report: expect.objectContaining({ code }),
  });

describe('a plan', () => {
  test('has every run with its settings and a directory relative to it, and how it was made', async () => {
    const { text } = await plan('plan', '--gamma 5,10 --seed 0,1 --steps 7');
    expect(text).toContain('has 4 runs; their numbers are 0 to 3.');
    const { runs, made, engine, threads } = await readPlan(path('plan', 'sweep.json'));
    expect(runs.map(({ directory, steps }) => [directory, steps])).toEqual(
      ['gamma-5_seed-0', 'gamma-5_seed-1', 'gamma-10_seed-0', 'gamma-10_seed-1'].map((name) => [name, 7]),
    );
    expect(runs[3].config).toMatchObject({ gamma: 10, seed: 1, latents: 3 });
    expect(made.command).toMatch(/^npm run sweep -- plan --out .* --steps 7$/);
    expect([engine, threads]).toEqual(['wasm', 1]);
    expect(readFileSync(path('plan', 'sweep.json'), 'utf8').replace(made.command, '')).not.toContain(root);
  });

  test('of a run that is alone has it in its own directory', async () => {
    await plan('alone', '--steps 3');
    await run('alone', 0);
    expect(existsSync(path('alone', 'weights.safetensors'))).toBe(true);
    const { code, text } = await sweep('gather', path('alone'));
    expect([code, text]).toEqual([0, expect.stringContaining('1 of 1 runs are done.')]);
    await expect(plan('alone', '--gamma 5,10 --steps 3')).rejects.toThrow(
      /it has the run alone, which you did not ask for/,
    );
  });

  test('grows at its end, and is not replaced by that of another sweep', async () => {
    await plan('grows', '--gamma 5,10 --steps 7');
    await plan('grows', '--gamma 2,5,10 --steps 9');
    const grown = await readPlan(path('grows', 'sweep.json'));
    expect(namesOf(grown)).toEqual(['gamma-5', 'gamma-10', 'gamma-2']);
    expect(grown.runs.map(({ steps }) => steps)).toEqual([9, 9, 9]);
    await expect(plan('grows', '--gamma 2,5')).rejects.toEqual(
      refused('SweepPlanError.otherSweep', /it has the run gamma-10, which you did not ask for/),
    );
    await expect(plan('grows', '--gamma 2,5,10 --beta 2')).rejects.toEqual(
      refused('SweepPlanError.otherSettings', /of its run gamma-5, --beta is 1 there and 2 here/),
    );
    expect(await readPlan(path('grows', 'sweep.json'))).toEqual(grown);
  });

  test.each([
    [
      'another version',
      /"version": 1/,
      '"version": 2',
      'version',
      /its version is 2, and this program reads version 1/,
    ],
    [
      'another release',
      /"program": "[^"]*"/,
      '"program": "9.0.0"',
      'program',
      /of release 9\.0\.0, .*npm run sweep -- plan/,
    ],
    ['another program', /factorvae-playground\/sweep/, 'x', 'format', /is not the plan of a sweep/],
    ['half of it', /"runs".*/s, '', 'notJson', /damaged, or cut off/],
    [
      'a directory outside',
      /"directory":"gamma-5"/,
      '"directory":"../x"',
      'invalid',
      /runs\.0\.directory.*leads out/,
    ],
    ['one directory twice', /"directory":"gamma-5"/, '"directory":"gamma-10"', 'invalid', /same directory/],
    ['a setting beyond its range', /"gamma":5/, '"gamma":-5', 'invalid', /runs\.0\.config\.gamma/],
  ])('with %s is refused by name', async (name, from, to, code, words) => {
    const folder = name.replaceAll(' ', '-');
    await plan(folder, '--gamma 5,10 --steps 3');
    await change(folder, (text) => text.replace(from, to));
    await expect(run(folder, 0)).rejects.toEqual(refused(`SweepPlanError.${code}`, words));
    expect(readdirSync(path(folder))).toEqual(['sweep.json']);
  });
});

describe('a run of a plan', () => {
  test('is named by an option, else by Slurm or Kubernetes', () => {
    const given = (args: string, env = {}) => readRunArguments(args.split(' '), env)?.index;
    expect(given('--plan p --index 3', { SLURM_ARRAY_TASK_ID: '4' })).toBe(3);
    expect(given('--plan p', { SLURM_ARRAY_TASK_ID: '4' })).toBe(4);
    expect(given('--plan p', { JOB_COMPLETION_INDEX: '0' })).toBe(0);
    expect(() => given('--plan p')).toThrow(/--index N/);
    expect(() => given('--index 3')).toThrow(/--plan DIR\/sweep\.json/);
    expect(() => given('--plan p --index x')).toThrow(/whole number/);
  });

  test('is done once, goes on where it was stopped, and its plan may have been moved', async () => {
    await plan('whole', '--gamma 5,10 --steps 30 --evaluate-every 20');
    await run('whole', 1);
    await plan('cut', '--gamma 5,10 --steps 30 --evaluate-every 20');
    expect((await run('cut', 1, 'Step 20')).record.outcome).toBe('stopped');
    execFileSync('mv', [path('cut'), path('moved')]);
    expect((await run('moved', 1)).text).toContain('Goes on from step 20.');
    expect((await run('moved', 1)).text).toBe('gamma-10: has its 30 steps; skipped.\n');
    for (const file of ['weights.safetensors', 'metrics.jsonl', 'evaluations.jsonl', 'traversals.png'])
      expect(readFileSync(path('moved', 'gamma-10', file))).toEqual(
        readFileSync(path('whole', 'gamma-10', file)),
      );
    expect(existsSync(path('moved', 'gamma-5'))).toBe(false);
  });

  test('waits while another process has its directory, as long as it may', async () => {
    await plan('locked', '--gamma 5,10 --steps 3');
    mkdirSync(path('locked', 'gamma-5'));
    const lock = await RunLock.take(path('locked', 'gamma-5'));
    await expect(run('locked', 0)).rejects.toThrow(/in use by process/);
    expect(existsSync(path('locked', 'failures'))).toBe(false);
    const asked = { plan: path('locked', 'sweep.json'), index: 0, threads: null, wait: 100 };
    const write = (part: string) => {
      if (part.startsWith('Waits up to 100 s: ')) void lock.release();
    };
    const { outcome } = await doPlanned(asked, { write }, new AbortController().signal);
    expect(outcome).toBe('complete');
  });

  test('that there is none of is refused', async () => {
    await plan('few', '--gamma 5,10 --steps 3');
    await expect(run('few', 2)).rejects.toEqual(refused('SweepPlanError.index', /has the runs 0 to 1/));
  });
});

test('gathering tells what is done, diverged, unfinished, failed and missing', async () => {
  await plan('gather', '--learning-rate 0.001,1 --seed 0,1,2 --gamma 200 --beta 100 --steps 60');
  await run('gather', 0);
  await run('gather', 1);
  await run('gather', 2, '/60');
  await run('gather', 3);
  mkdirSync(path('gather', 'learning-rate-1_seed-1'));
  writeFileSync(path('gather', 'learning-rate-1_seed-1', 'config.json'), '{}');
  await expect(run('gather', 4)).rejects.toThrow(/not of a run of this program/);
  const { code, text } = await sweep('gather', path('gather'));
  expect(code).toBe(6);
  expect(text).toMatch(/^settings +runs +reconstruction/);
  expect(text).toMatch(/\nfactorVae, gamma 200, beta 100 +2 +[\d.]+ ± [\d.]+/);
  expect(text).toContain('2 of 6 runs are done.');
  expect(text).toMatch(/seed-2 is unfinished: step \d+ of 60 is saved\./);
  expect(text).toMatch(/learning-rate-1_seed-0 has diverged after step \d+\./);
  expect(text).toMatch(/learning-rate-1_seed-1 failed: RunDirectoryError: .* \(on /);
  expect(text).toContain('learning-rate-1_seed-2 is missing: it was never begun.');
  const { records, problems } = parseRuns(readFileSync(path('gather', 'runs.json'), 'utf8'), 'runs.json');
  expect([records.length, problems]).toEqual([4, []]);

  // Once it works, why it had failed is forgotten.
  rmSync(path('gather', 'learning-rate-1_seed-1'), { recursive: true });
  await run('gather', 4);
  await run('gather', 5);
  await run('gather', 2);
  expect(readdirSync(path('gather', 'failures'))).toEqual([]);
  const after = await sweep('gather', path('gather'));
  expect([after.code, after.text]).toEqual([3, expect.stringContaining('3 of 6 runs are done.')]);
});

test('a mean has the standard deviation of its numbers', () => {
  expect([[], [2], [1, 2, 3]].map((values) => spreadText(values, 1))).toEqual(['-', '2.0', '2.0 ± 1.0']);
});

describe('a submission', () => {
  test('to Slurm is an array with a throttle, in parts where it is long, and a gathering after it', async () => {
    const seeds = Array.from({ length: 1203 }, (_, seed) => seed).join(';');
    await plan('slurm', `--seed ${seeds} --steps 3`);
    const { text } = await sweep(
      'slurm',
      `${path('slurm')} --throttle 8 --cpus 2 --partition cpu --project /opt/it's`,
    );
    expect(text).toContain(path('slurm', 'slurm/submit.sh'));
    const [array, submit] = ['sweep.sbatch', 'submit.sh'].map((name) =>
      readFileSync(path('slurm', 'slurm', name), 'utf8'),
    );
    for (const line of [
      '--requeue',
      '--signal=B:TERM@120',
      '--partition=cpu',
      '--cpus-per-task=2',
      '--time=4:00:00',
    ])
      expect(array).toContain(`\n#SBATCH ${line}\n`);
    expect(submit).toContain('\nsubmit 0 0-999%8\nsubmit 1000 0-202%8\n');
    for (const script of ['sweep.sbatch', 'gather.sbatch', 'submit.sh'])
      execFileSync('bash', ['-n', path('slurm', 'slurm', script)]);
    const project = execFileSync('bash', ['-c', `${/^project=.*$/m.exec(array)?.[0]}; echo "$project"`]);
    expect(project.toString()).toBe("/opt/it's\n");
  });

  test('to Kubernetes is an Indexed Job with a back-off for each index', async () => {
    await plan('cluster', '--gamma 5,10 --steps 3');
    await sweep('kubernetes', `${path('cluster')} --image registry.example.org/a:1 --gpu nvidia.com/gpu`);
    const manifest = readFileSync(path('cluster', 'kubernetes', 'job.yaml'), 'utf8');
    expect(parse(manifest)).toMatchObject({
      kind: 'Job',
      spec: {
        completionMode: 'Indexed',
        completions: 2,
        backoffLimitPerIndex: 6,
        template: { spec: { restartPolicy: 'Never', containers: [{ image: 'registry.example.org/a:1' }] } },
      },
    });
    expect(manifest).toContain('/sweeps/cluster/sweep.json');
    expect(manifest).toContain('nvidia.com/gpu: "1"');
  });

  test('to GNU parallel leaves time to save', async () => {
    await plan('parallel', '--gamma 5,10 --steps 3');
    await sweep('parallel', `${path('parallel')} --jobs 3`);
    const script = readFileSync(path('parallel', 'parallel.sh'), 'utf8');
    expect(script).toContain('seq 0 1 | parallel --quote --jobs 3 ');
    expect(script).toContain('--termseq TERM,120000,');
    execFileSync('bash', ['-n', path('parallel', 'parallel.sh')]);
  });

  test.each([
    ['slurm', '--time soon', /--time must be a time/],
    ['slurm', '--partition a;b', /--partition must be/],
    ['slurm', '--cpus 0', /--cpus must be a whole number from 1/],
    ['kubernetes', '--image a"b', /--image must be/],
    ['parallel', '--nodes 3', /--nodes is no option/],
  ] as const)('%s %s is refused', async (task, args, words) => {
    await plan('refused', '--gamma 5,10 --steps 3');
    await expect(sweep(task, `${path('refused')} ${args}`)).rejects.toThrow(words);
    expect(readdirSync(path('refused'))).toEqual(['sweep.json']);
  });
});

test('every task has its help', async () => {
  for (const task of tasks) {
    const { text } = await sweep(task, '--help');
    expect(text).toContain(`npm run sweep -- ${task} `);
    expect(help).toContain(text.trim());
  }
  expect(help).not.toContain('undefined');
});
