// npm run test:tools: holds what this project writes for other tools against those tools, which it installs where
// they are missing: event files against TensorBoard, images against numpy, which comes with it, what reads images
// of others against h5py, numpy and Pillow, manifests against kubernetes-validate (from PyPI, in a folder of their own),
// and parallel.sh against GNU parallel (from Debian or Ubuntu). Skips with the reason what it cannot install.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { installPrograms } from './installed.ts';
import { root } from './process.mjs';

const folder = mkdtempSync(join(tmpdir(), 'factorvae-tools-'));
const runs = join(folder, 'runs');
const python = join(folder, 'venv/bin/python');
/** Small runs that are measured on the way. */
const options = [
  ...['--preset', 'tiny', '--engine', 'wasm', '--conv-widths', '4_4', '--dense-width', '8', '--latents', '3'],
  ...['--scale', '2', '--pos-x', '3', '--pos-y', '3', '--gamma', '5,10', '--evaluate-every', '20'],
];

function project(...args: string[]): string {
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
}
const train = (...args: string[]) => project('cli/run.mjs', 'cli/train.ts', ...options, ...args);
const sweep = (...args: string[]) => project('cli/run.mjs', 'cli/sweep.ts', ...args);

const checkSchema = z.object({
  scalars: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
  pictures: z.record(z.string(), z.array(z.tuple([z.number(), z.number(), z.number()]))),
  texts: z.record(z.string(), z.array(z.string())),
});

const arraysSchema = z.record(
  z.string(),
  z.object({
    type: z.string(),
    shape: z.array(z.number()),
    least: z.number(),
    most: z.number(),
    first: z.array(z.number()),
  }),
);

/** A run that was resumed, as TensorBoard reads it. */
function tensorBoard(): string {
  for (const steps of ['30', '40']) train('--steps', steps, '--out', runs);
  const run = join(runs, 'gamma-5');
  const script = join(root, 'scripts/tensorboard_check.py');
  const { scalars, pictures, texts } = checkSchema.parse(
    JSON.parse(execFileSync(python, [script, run], { encoding: 'utf8' })),
  );
  const rows = readFileSync(join(run, 'metrics.jsonl'), 'utf8').trim().split('\n');
  const kl = rows.map((row) => z.object({ step: z.number(), kl: z.number() }).parse(JSON.parse(row)));
  assert.deepEqual(
    scalars['loss/kl'],
    kl.map(({ step, kl }) => [step, Math.fround(kl)]),
  );
  assert.deepEqual(
    scalars['metric/factor_vae'].map(([step]) => step),
    [20, 30, 40],
  );
  const [first] = pictures['pictures/traversals'];
  const png = readFileSync(join(run, 'traversals.png'));
  assert.deepEqual(first, [20, png.readUInt32BE(16), png.readUInt32BE(20)]);
  assert.match(texts.config[0], /\| gamma \| 5 \|/);
  const groups = new Set(Object.keys(scalars).map((tag) => tag.split('/')[0]));
  return `it reads ${Object.keys(scalars).length} curves in ${groups.size} groups (${[...groups].join(', ')}), pictures and settings of a resumed run`;
}

/** The manifests, and that a misspelt field would be seen. */
function kubernetes(): string {
  sweep('kubernetes', runs, '--gpu', 'nvidia.com/gpu');
  const validate = (file: string) =>
    spawnSync(join(folder, 'venv/bin/kubernetes-validate'), ['--strict', '-k', '1.33', file], {
      encoding: 'utf8',
    });
  const job = join(runs, 'kubernetes/job.yaml');
  for (const file of [job, join(runs, 'kubernetes/gather.yaml')]) {
    const { status, stdout, stderr } = validate(file);
    assert.equal(status, 0, stdout + stderr);
  }
  const misspelt = join(folder, 'misspelt.yaml');
  writeFileSync(misspelt, readFileSync(job, 'utf8').replace('backoffLimitPerIndex', 'backOffLimitPerIndex'));
  assert.notEqual(validate(misspelt).status, 0);
  return 'both manifests pass --strict for 1.33, a misspelt one does not';
}

/** A plan of four runs, one of which is there. */
function parallel(): string {
  installPrograms(['parallel'], ['parallel']);
  const planned = join(folder, 'planned');
  sweep('plan', ...options, '--seed', '0,1', '--steps', '30', '--out', planned);
  sweep('run', '--plan', join(planned, 'sweep.json'), '--index', '2');
  sweep('parallel', planned, '--jobs', '2');
  const printed = execFileSync(join(planned, 'parallel.sh'), { encoding: 'utf8' });
  assert.match(printed, /2\tgamma-10_seed-0: has its 30 steps; skipped\./);
  assert.match(printed, /4 of 4 runs are done\./);
  return 'it does a sweep of four runs, one of which was done';
}

/** Images and factors of both data sets, as numpy reads them. */
function numpy(): string {
  const arrays = ['shapes2d', 'shapes3d'].map((dataset) => {
    const file = join(folder, `${dataset}.npz`);
    const size = ['--size', '32', '--count', '50'];
    project('cli/run.mjs', 'cli/data.ts', 'export', '--dataset', dataset, '--out', file, ...size);
    const check = join(root, 'scripts/data_check.py');
    return arraysSchema.parse(JSON.parse(execFileSync(python, [check, file], { encoding: 'utf8' })));
  });
  const [of2d, of3d] = arrays;
  assert.deepEqual(
    arrays.map((one) => Object.entries(one).map(([name, { type, shape }]) => [name, type, ...shape])),
    [
      [
        ['imgs', '|u1', 50, 32, 32],
        ['latents_classes', '<i8', 50, 6],
        ['latents_values', '<f8', 50, 6],
      ],
      [
        ['images', '|u1', 50, 32, 32, 3],
        ['labels', '<f8', 50, 6],
      ],
    ],
  );
  assert.deepEqual([of2d.imgs.least, of2d.imgs.most], [0, 1]);
  assert.deepEqual([of3d.labels.least, of3d.labels.most], [-30, 30]);
  // The sky is in the corner of every picture.
  assert.deepEqual(of3d.images.first, [153, 226, 249]);
  return 'it reads images and factors of both data sets by the keys of the published files';
}

/** Files of images that h5py, numpy and Pillow write now, by the tests of what reads them. */
function writers(): string {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const printed = execFileSync(process.execPath, [vitest, 'run', 'src/intake/intake.test.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(folder, 'venv/bin')}:${process.env.PATH}` },
  });
  assert.doesNotMatch(printed, /Skipped/);
  return 'what they write here is read';
}

/** Why Python's packages are not to be had; null where they are. */
function installPackages(): string | null {
  if (spawnSync('python3', ['-m', 'venv', join(folder, 'venv')]).status !== 0)
    return 'python3 with its module venv is missing';
  const packages = ['tensorboard==2.21.*', 'kubernetes-validate==1.37.*', 'h5py==3.*', 'pillow==13.*'];
  const args = ['-m', 'pip', '--quiet', 'install', ...packages];
  const { status, stderr } = spawnSync(python, args, { encoding: 'utf8' });
  return status === 0 ? null : `pip could not install the packages: ${stderr.trim().split('\n').at(-1)}`;
}

function check(name: string, why: string | null, work: () => string): void {
  console.log(`${name}: ${why === null ? work() : `skipped, for ${why}`}.`);
}

const noPackages = installPackages();
const canInstall = process.getuid?.() === 0 || existsSync('/usr/bin/parallel');
check('TensorBoard', noPackages, tensorBoard);
check('numpy', noPackages, numpy);
check('h5py, numpy and Pillow', noPackages, writers);
check('kubernetes-validate', noPackages, kubernetes);
check('GNU parallel', canInstall ? null : 'it is not installed, and root alone can do that', parallel);
rmSync(folder, { recursive: true, force: true });
