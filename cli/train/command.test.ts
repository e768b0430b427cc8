import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { vaeColumns } from '../../src/families/vae/columns.ts';
import { readCheckpoint } from '../../src/files/checkpoint.ts';
import { readSafetensors } from '../../src/files/safetensors.ts';
import { columnNames } from '../../src/model/columns.ts';
import { parseRunRecord } from '../../src/record/runRecord.ts';
import { train } from './small.fixture.ts';

const root = mkdtempSync(join(tmpdir(), 'train-'));
afterAll(() => rmSync(root, { recursive: true }));

const read = (...path: string[]) => readFileSync(join(root, ...path));
const text = (...path: string[]) => read(...path).toString();
const recordOf = (...path: string[]) => parseRunRecord(text(...path, 'run.json'));
const lines = (...path: string[]): unknown[] =>
  text(...path)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** The files that tell what a run came to, but for how long it took and when. */
function outcomeOf(...path: string[]) {
  const { startedAt, seconds, name, ...record } = recordOf(...path);
  const files = ['metrics.jsonl', 'evaluations.jsonl', 'weights.safetensors', 'checkpoint.safetensors'];
  const pictures = ['reconstructions.png', 'traversals.png'];
  const contents = [...files, ...pictures].map((file) => [file, read(...path, file).toString('base64')]);
  return { record, ...Object.fromEntries(contents) };
}

describe('a run', () => {
  test('leaves its configuration, metrics, evaluations, checkpoint, weights, pictures and record', async () => {
    const out = join(root, 'one');
    const { text: printed } = await train(out, '--steps 30 --evaluate-every 20 --seed 3 --gamma 5');
    expect(printed).toContain('one: 30 steps on tfjs on WebAssembly');
    expect(printed).toMatch(/Step 20: FactorVAE metric .*\nStep 30: FactorVAE metric/);
    expect(readdirSync(out).sort()).toEqual([
      'checkpoint.previous.safetensors',
      'checkpoint.safetensors',
      'config.json',
      'evaluations.jsonl',
      expect.stringMatching(/^events\.out\.tfevents\.\d{10}\./),
      'metrics.jsonl',
      'reconstructions.png',
      'run.json',
      'traversals.png',
      'weights.safetensors',
    ]);

    const record = recordOf('one');
    expect(record).toMatchObject({
      name: 'one',
      preset: 'tiny',
      steps: 30,
      outcome: 'complete',
      changes: [],
    });
    expect(record.config).toMatchObject({ seed: 3, gamma: 5, latents: 3 });
    expect(record.trainer).toEqual({ engine: 'tfjs-wasm', adapter: expect.any(String), software: true });
    expect(record.evaluations.map(({ step }) => step)).toEqual([20, 30]);
    expect(lines('one', 'evaluations.jsonl')).toEqual(record.evaluations);

    const rows = lines('one', 'metrics.jsonl');
    expect(rows.length).toBe(30);
    expect(Object.keys(rows[29] ?? {})).toEqual(['step', ...columnNames(vaeColumns(record.config))]);
    expect(rows[29]).toMatchObject({ step: 30, gamma: 5, kl: record.history.kl.mean[29] });

    const { config, snapshot } = readCheckpoint(read('one', 'checkpoint.safetensors'));
    expect(config).toEqual(record.config);
    expect(snapshot.step).toBe(30);
    const { tensors, metadata } = readSafetensors(read('one', 'weights.safetensors'));
    expect([...tensors.keys()]).toEqual([...snapshot.parameters.keys()]);
    expect(metadata.step).toBe('30');
  });

  test('that is done is skipped, goes on to more steps, and is not mixed with another', async () => {
    const out = join(root, 'more');
    await train(out, '--steps 10');
    const before = read('more', 'run.json');
    expect((await train(out, '--steps 10')).text).toBe('more: has its 10 steps; skipped.\n');
    expect(read('more', 'run.json')).toEqual(before);
    await expect(train(out, '--steps 10 --gamma 7 --seed 4')).rejects.toMatchObject({
      name: 'RunDirectoryError',
      message: expect.stringContaining('--gamma is 10 there and 7 here, --seed is 0 there and 4 here'),
    });
    expect((await train(out, '--steps 15')).text).toContain('Goes on from step 10.');
    expect(recordOf('more').evaluations.map(({ step }) => step)).toEqual([10, 15]);
    expect(lines('more', 'metrics.jsonl').length).toBe(15);
  });

  test('whose record names its engine as older releases did is known, and goes on', async () => {
    const out = join(root, 'older');
    await train(out, '--steps 10');
    const record = recordOf('older');
    const older = { ...record, trainer: { ...record.trainer, engine: 'wasm', backend: 'wasm' } };
    writeFileSync(join(out, 'run.json'), JSON.stringify(older));
    expect((await train(out, '--steps 10')).text).toBe('older: has its 10 steps; skipped.\n');
    expect((await train(out, '--steps 15')).text).toContain('Goes on from step 10.');
    expect(recordOf('older').trainer).toEqual(record.trainer);
  });

  test('whose loss is not finite keeps what was finite, and is not tried again', async () => {
    const out = join(root, 'diverged');
    const { text: printed } = await train(out, '--steps 200 --learning-rate 1 --gamma 200 --beta 100');
    expect(printed).toMatch(/At step \d+ the .* was no longer finite/);
    const record = recordOf('diverged');
    expect(record.outcome).toBe('diverged');
    expect(lines('diverged', 'metrics.jsonl').length).toBe(record.steps);
    const again = await train(out, '--steps 200 --learning-rate 1 --gamma 200 --beta 100');
    expect(again.text).toBe('diverged: has diverged; skipped.\n');
  });

  test('beta-VAE: what it does not measure is in no file', async () => {
    await train(join(root, 'beta'), '--steps 5 --objective beta-vae');
    expect(Object.keys(lines('beta', 'metrics.jsonl')[4] ?? {})).not.toContain('totalCorrelation');
    expect(Object.keys(recordOf('beta').history)).not.toContain('totalCorrelation');
  });
});

describe('a sweep', () => {
  const sweep = '--steps 40 --evaluate-every 15 --gamma 5,10';

  test('interrupted and resumed gives the files of one that was not', async () => {
    const whole = await train(join(root, 'whole'), sweep);
    expect(whole.text).toMatch(/\nrun +steps +reconstruction.*\ngamma-5 +40 +done.*\ngamma-10 +40 +done/);

    // In the first run after a step, then as an evaluation is done, then in the second run.
    const cut = join(root, 'cut');
    const first = await train(cut, sweep, { stopAt: '1/40' });
    expect(first.aborted).toBe(true);
    expect(first.text).toContain('The same command goes on from here.');
    expect(recordOf('cut', 'gamma-5')).toMatchObject({ steps: 1, outcome: 'stopped' });
    expect((await train(cut, sweep, { stopAt: 'Step 15' })).text).toContain('Goes on from step 1.');
    expect(recordOf('cut', 'gamma-5')).toMatchObject({ steps: 15, outcome: 'stopped' });
    const third = await train(cut, sweep, { stopAt: 'Step 15' });
    expect(third.text).toMatch(/gamma-5 +40 +done/);
    expect(recordOf('cut', 'gamma-10')).toMatchObject({ steps: 15, outcome: 'stopped' });
    expect((await train(cut, sweep)).text).toContain('gamma-5: has its 40 steps; skipped.\n');

    for (const run of ['gamma-5', 'gamma-10']) expect(outcomeOf('cut', run)).toEqual(outcomeOf('whole', run));
  });

  test('a run that was killed goes on from its last checkpoint', async () => {
    const out = join(root, 'killed');
    await train(out, '--steps 12');
    const saved = ['checkpoint.safetensors', 'run.json'];
    for (const file of saved) copyFileSync(join(out, file), join(root, file));
    await train(out, '--steps 20 --evaluate-every 14');
    for (const file of saved) copyFileSync(join(root, file), join(out, file));
    // Cut off in the middle of a line.
    appendFileSync(join(out, 'metrics.jsonl'), '{"step":21,"recon');
    expect((await train(out, '--steps 20 --evaluate-every 14')).text).toContain('Goes on from step 12.');
    await train(join(root, 'unhurt'), '--steps 12');
    await train(join(root, 'unhurt'), '--steps 20 --evaluate-every 14');
    expect(outcomeOf('killed')).toEqual(outcomeOf('unhurt'));
  });

  test('directories are looked at before anything is trained', async () => {
    const out = join(root, 'mixed');
    await train(out, '--steps 2 --gamma 5,6');
    writeFileSync(join(out, 'gamma-6', 'config.json'), '{}');
    const refused = expect.objectContaining({
      name: 'RunDirectoryError',
      message: expect.stringContaining('gamma-6 holds a config.json that is not of a run'),
    });
    await expect(train(out, '--steps 4 --gamma 5,6')).rejects.toThrow(refused);
    expect(recordOf('mixed', 'gamma-5').steps).toBe(2);
  });
});
