// npm run test:slurm [-- LOG]: proves that a sweep on Slurm survives what happens on clusters. It installs Slurm
// where it is missing (Debian or Ubuntu, as root), starts one on this machine, and submits a sweep of eight runs
// by its own scripts. On the way one task is told to stop as by the end of its time, one run is killed as for want
// of memory, and Slurm's controller is killed and started again. In the end all runs must have the same bits as
// those of `npm run train` here. Takes some five minutes, two of which Slurm waits before it starts a task again.
// LOG is a file for what was said.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { root } from '../process.mjs';
import { Cluster, installSlurm, until } from './cluster.ts';

/** Runs that last some ten seconds, measured on the way, with a checkpoint every second. */
const options = [
  ...['--preset', 'tiny', '--engine', 'wasm', '--gamma', '5,10', '--seed', '0,1,2,3'],
  ...['--scale', '2', '--pos-x', '3', '--pos-y', '3'],
  ...['--steps', '6000', '--evaluate-every', '3000', '--checkpoint-every', '1'],
];
/** What must be the same to the last bit; run.json tells when and how long, too. */
const files = [
  'config.json',
  'metrics.jsonl',
  'evaluations.jsonl',
  'weights.safetensors',
  'checkpoint.safetensors',
  'reconstructions.png',
  'traversals.png',
];

const began = performance.now();
const log: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'factorvae-slurm-'));
const onSlurm = join(folder, 'sweep');
const local = join(folder, 'local');

/** Says a line, and keeps it, without the names of this machine. */
function say(text: string): void {
  const plain = text
    .replaceAll(folder, 'FOLDER')
    .replaceAll(root, 'CHECKOUT')
    .replaceAll(hostname(), 'NODE')
    .trimEnd();
  const seconds = ((performance.now() - began) / 1000).toFixed(0).padStart(4);
  for (const line of plain.split('\n')) {
    console.log(`${seconds} s  ${line}`);
    log.push(`${seconds} s  ${line}`);
  }
}

/** A command of this project, whose output is said. */
function project(...args: string[]): void {
  say(`$ node ${args.join(' ')}`);
  say(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }));
}

const sweepOf = (run: string) => join(onSlurm, run);
const recordSchema = z.object({ steps: z.number(), outcome: z.string() });

/** The steps that are saved of a run on Slurm; 0 for none. */
function savedSteps(run: string): number {
  const path = join(sweepOf(run), 'run.json');
  return existsSync(path) ? recordSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).steps : 0;
}

function ownerOf(run: string): number {
  return z.object({ pid: z.number() }).parse(JSON.parse(readFileSync(join(sweepOf(run), 'run.lock'), 'utf8')))
    .pid;
}

/** What tasks printed, by the number of their run. */
function outputOf(index: number): string {
  const name = readdirSync(join(onSlurm, 'slurm')).find((file) => file.endsWith(`_${index}.txt`));
  return name ? readFileSync(join(onSlurm, 'slurm', name), 'utf8') : '';
}

async function sweepOnSlurm(cluster: Cluster): Promise<void> {
  const queue = () => cluster.tell('squeue', '--noheader', '--array', '--format=%i %T %r restarts');
  const squeue = () => say(`$ squeue\n${cluster.tell('squeue', '--array', '--format=%.10i %.12j %.12T %r')}`);
  const submit = join(onSlurm, 'slurm/submit.sh');
  say(`$ ${submit}`);
  const submitted = execFileSync(submit, { env: cluster.env, encoding: 'utf8' });
  say(submitted);
  const [, array] = /arrays (\d+)/.exec(submitted) ?? [];

  const [first, second] = ['gamma-5_seed-0', 'gamma-5_seed-1'];
  await until('the second run has saved', 120, () => savedSteps(second) > 0);
  process.kill(ownerOf(second), 'SIGKILL');
  say(`The run of task ${array}_1 is killed, as where memory runs out:\n$ kill -KILL PID`);
  await until('the first run has saved', 120, () => savedSteps(first) > 0);
  cluster.tell('scancel', '--batch', '--signal=TERM', `${array}_0`);
  say(`Task ${array}_0 is told to stop, as Slurm does two minutes before the end of its time:`);
  say(`$ scancel --batch --signal=TERM ${array}_0`);
  await until('both say that they are queued again', 60, () =>
    [0, 1].every((index) => outputOf(index).includes('this task is queued again')),
  );
  say(`Saved of ${first}: step ${savedSteps(first)}; of ${second}: step ${savedSteps(second)}.`);
  squeue();

  say('Slurm’s controller is killed, while tasks run and wait:\n$ kill -KILL slurmctld');
  await cluster.kill('slurmctld');
  // Tasks that end meanwhile have to tell it later.
  await sleep(5000);
  say('It is started again:\n$ slurmctld');
  cluster.startDaemon('slurmctld');
  await until('it answers', 60, () => queue() !== '');
  squeue();

  await until(
    'no job is left',
    600,
    () => cluster.tell('sinfo', '--noheader', '--format=%T') !== '' && queue() === '',
  );
  say('No job is left.');
}

/** @throws where a run of one sweep has other bits than that of the other */
function compare(): void {
  const runs = readdirSync(local).filter((name) => existsSync(join(local, name, 'run.json')));
  if (runs.length !== 8) throw new Error(`there are ${runs.length} local runs`);
  for (const run of runs)
    for (const file of files) {
      const [here, there] = [join(local, run, file), join(sweepOf(run), file)].map((path) =>
        readFileSync(path),
      );
      if (!here.equals(there)) throw new Error(`${run}/${file} has other bits on Slurm`);
    }
  say(`The same bits in ${runs.length} runs: ${files.join(', ')}.`);
}

async function proof(): Promise<void> {
  installSlurm();
  say(execFileSync('slurmctld', ['-V'], { encoding: 'utf8' }));
  project('cli/run.mjs', 'cli/train.ts', ...options, '--jobs', '2', '--out', local);
  project('cli/run.mjs', 'cli/sweep.ts', 'plan', ...options, '--out', onSlurm);
  project(
    'cli/run.mjs',
    'cli/sweep.ts',
    'slurm',
    onSlurm,
    '--time',
    '10:00',
    '--memory',
    '900M',
    '--project',
    root,
  );
  const cluster = await Cluster.start(folder);
  try {
    await sweepOnSlurm(cluster);
  } finally {
    await cluster.stop();
  }
  for (const index of [0, 1, 2]) say(`What the task of run ${index} printed:\n${outputOf(index)}`);
  const gathered = readdirSync(join(onSlurm, 'slurm')).find((file) => /^gather-\d+\.txt$/.test(file));
  if (!gathered) throw new Error('nothing was gathered');
  const table = readFileSync(join(onSlurm, 'slurm', gathered), 'utf8');
  say(`What the gathering printed:\n${table}`);
  if (!table.includes('8 of 8 runs are done')) throw new Error('not all runs are done');
  for (const index of [0, 1])
    if (!outputOf(index).includes('Goes on from step')) throw new Error(`run ${index} was not resumed`);
  compare();
}

if (process.getuid?.() !== 0) console.log('Skipped: a Slurm of its own needs root.');
else
  try {
    await proof();
    say('Slurm: proven.');
    const [path] = process.argv.slice(2);
    if (path) writeFileSync(resolve(root, path), `${log.join('\n')}\n`);
    rmSync(folder, { recursive: true, force: true });
  } catch (thrown) {
    console.error(thrown, `\nWhat there is to look at is in ${folder}.`);
    process.exitCode = 1;
  }
