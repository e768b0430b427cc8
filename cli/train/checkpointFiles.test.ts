import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { vaeLayers } from '../../src/families/vae/networks.ts';
import { type Checkpoint, readCheckpoint } from '../../src/files/checkpoint.ts';
import { readSafetensors } from '../../src/files/safetensors.ts';
import { word } from '../../src/locale/word.ts';
import { initialTensors } from '../../src/model/initialise.ts';
import { CheckpointFiles, type FoundCheckpoint } from './checkpointFiles.ts';

const faultOf = (found: FoundCheckpoint | null) => found?.fault && word(found.fault);

const root = mkdtempSync(join(tmpdir(), 'checkpoints-'));
afterAll(() => rmSync(root, { recursive: true }));
const config = { ...presets.tiny, convWidths: [2], denseWidth: 2, latents: 2, discriminatorWidth: 2 };
const zero = new Map(
  [...initialTensors(vaeLayers(config), config.seed)].map(([name, { shape, data }]) => [
    name,
    { shape, data: data.map(() => 0) },
  ]),
);
const at = (step: number, settings = config): Checkpoint => ({
  config: settings,
  snapshot: {
    step,
    rests: {},
    parameters: initialTensors(vaeLayers(settings), step),
    firstMoments: zero,
    secondMoments: zero,
  },
});

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(root, 'run-'));
});
const path = (name: string) => join(directory, name);
const stepOf = (name: string) => readCheckpoint(readFileSync(path(name))).snapshot.step;
const weightsStep = () => Number(readSafetensors(readFileSync(path('weights.safetensors'))).metadata.step);
const open = () => new CheckpointFiles(directory, config);

/** Writes the steps by one run of the command. */
async function write(...steps: number[]) {
  const files = open();
  await files.read();
  for (const step of steps) await files.write(at(step));
}

test('the last two are kept, two from the first one on, and the weights of the last', async () => {
  expect(await open().read()).toBeNull();
  await write(1);
  expect([stepOf('checkpoint.safetensors'), stepOf('checkpoint.previous.safetensors')]).toEqual([1, 1]);
  await write(2, 3);
  expect([stepOf('checkpoint.safetensors'), stepOf('checkpoint.previous.safetensors')]).toEqual([3, 2]);
  expect(weightsStep()).toBe(3);
  expect(readdirSync(directory).filter((name) => name.endsWith('.new'))).toEqual([]);
  expect(await open().read()).toMatchObject({
    checkpoint: { snapshot: { step: 3 } },
    isLatest: true,
    fault: null,
  });
});

describe('where the last one cannot be used the one before it is taken', () => {
  const flip = (bytes: Buffer, where: number) => {
    bytes[where < 0 ? bytes.length + where : where] ^= 0x10;
    return bytes;
  };
  test.each<[string, (bytes: Buffer) => Uint8Array]>([
    ['empty', () => Buffer.alloc(0)],
    ['seven bytes', (bytes) => bytes.subarray(0, 7)],
    ['cut in its header', (bytes) => bytes.subarray(0, 200)],
    ['cut in its numbers', (bytes) => bytes.subarray(0, -1)],
    ['zeros', (bytes) => Buffer.alloc(bytes.length)],
    ['a bit of its last number', (bytes) => flip(bytes, -1)],
    ['a bit of its header', (bytes) => flip(bytes, 60)],
    ['a header without end', (bytes) => flip(bytes, 6)],
    ['more behind it', (bytes) => Buffer.concat([bytes, Buffer.from('more')])],
    ['text', () => Buffer.from('version https://git-lfs.github.com/spec/v1\n')],
  ])('%s', async (_, damage) => {
    await write(4, 5);
    writeFileSync(path('checkpoint.safetensors'), damage(readFileSync(path('checkpoint.safetensors'))));
    const files = open();
    const found = await files.read();
    expect(found).toMatchObject({ checkpoint: { snapshot: { step: 4 } }, isLatest: false });
    expect(faultOf(found)).toContain(path('checkpoint.safetensors'));

    // The good one is not pushed out by the damaged one, which is kept aside.
    await files.write(at(6));
    expect([stepOf('checkpoint.safetensors'), stepOf('checkpoint.previous.safetensors')]).toEqual([6, 4]);
    expect(readdirSync(directory)).toContain('checkpoint.damaged.safetensors');
  });

  test('gone, or of another run, or a directory', async () => {
    await write(4, 5);
    const latest = path('checkpoint.safetensors');
    renameSync(latest, path('elsewhere'));
    expect(await open().read()).toMatchObject({ checkpoint: { snapshot: { step: 4 } }, fault: null });
    mkdirSync(latest);
    expect(await open().read()).toMatchObject({ checkpoint: { snapshot: { step: 4 } }, isLatest: false });
    rmSync(latest, { recursive: true });

    const other = mkdtempSync(join(root, 'other-'));
    await new CheckpointFiles(other, { ...config, seed: 9 }).write(at(5, { ...config, seed: 9 }));
    writeFileSync(latest, readFileSync(join(other, 'checkpoint.safetensors')));
    expect(faultOf(await open().read())).toContain('--seed is 9 there and 0 here');
  });
});

test('where both are damaged all is named and nothing is changed', async () => {
  await write(4, 5);
  for (const name of ['checkpoint.safetensors', 'checkpoint.previous.safetensors'])
    writeFileSync(path(name), readFileSync(path(name)).subarray(0, 999));
  const before = readdirSync(directory).map((name) => readFileSync(path(name)));
  await expect(open().read()).rejects.toMatchObject({
    name: 'CheckpointDamagedError',
    message: expect.stringMatching(/checkpoint\.safetensors: .*checkpoint\.previous\.safetensors: .*--out/),
  });
  expect(readdirSync(directory).map((name) => readFileSync(path(name)))).toEqual(before);
});

test('weights of another step, damaged or gone, do not fit', async () => {
  await write(4);
  const files = open();
  const weights = readFileSync(path('weights.safetensors'));
  expect(await files.weightsFit(at(4))).toBe(true);
  expect(await files.weightsFit(at(5))).toBe(false);
  weights[weights.length - 1] ^= 1;
  for (const damaged of [weights, weights.subarray(0, -4), Buffer.alloc(0)]) {
    writeFileSync(path('weights.safetensors'), damaged);
    expect(await files.weightsFit(at(4))).toBe(false);
  }
  rmSync(path('weights.safetensors'));
  expect(await files.weightsFit(at(4))).toBe(false);
});
