import type { RunConfig } from '../../src/config/schema.ts';
import { AppError } from '../../src/errors.ts';
import type { StepInputs } from '../../src/families/vae/inputs.ts';
import { vaeLayers } from '../../src/families/vae/networks.ts';
import { listed, quoted } from '../../src/files/quoted.ts';
import { readSafetensors, type SafeTensor } from '../../src/files/safetensors.ts';
import { type NamedTensor, type NamedTensors, tensorsOf } from '../../src/model/parameters.ts';
import { readConfig } from './config.ts';

/** The losses of a reference step, in the order of a file's `loss.t`, in nats. */
export const lossNames = ['reconstruction', 'kl', 'totalCorrelation', 'discriminatorLoss'] as const;

export interface FixtureStep {
  readonly inputs: StepInputs;
  /** One number for each of `lossNames`. */
  readonly losses: Float32Array;
}

/** Some steps of the PyTorch reference: what went in, the losses, and the parameters before and after. */
export interface Fixture {
  readonly config: RunConfig;
  readonly steps: readonly FixtureStep[];
  readonly before: NamedTensors;
  readonly after: NamedTensors;
}

/** Far more than a reference needs; each step is run and holds two batches. */
export const mostSteps = 1000;

/** Reorders images [count, channels, height, width] to [count, height, width, channels]. */
export function toChannelsLastImages(images: Float32Array, channels: number, size: number): Float32Array {
  const pixels = size * size;
  const out = new Float32Array(images.length);
  for (let image = 0; image < images.length; image += channels * pixels)
    for (let channel = 0; channel < channels; channel++)
      for (let pixel = 0; pixel < pixels; pixel++)
        out[image + pixel * channels + channel] = images[image + channel * pixels + pixel];
  return out;
}

/**
 * Reads a parity case as written by the PyTorch reference. Its sizes keep to the limits of every run, and each tensor
 * has the shape that they give it.
 * @throws AppError FixtureError saying which key or tensor is wrong and what it may be, and those of `readSafetensors`.
 */
export function readFixture(bytes: Uint8Array): Fixture {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.config === undefined) throw new AppError('FixtureError.noConfig');
  const config = readConfig(metadata.config);
  const { imageSize, channels, batchSize, latents } = config;

  const tensor = (name: string, shape: readonly number[]): SafeTensor => {
    const found = tensors.get(name);
    if (!found) throw new AppError('FixtureError.noTensor', { name });
    if (found.shape.join() !== shape.join())
      throw new AppError('FixtureError.shape', { name, shape: listed(found.shape), needed: listed(shape) });
    return found;
  };
  const floats = (name: string, shape: readonly number[]): Float32Array => {
    const { dtype, data } = tensor(name, shape);
    if (dtype !== 'F32') throw new AppError('FixtureError.dtype', { name, needed: 'F32', dtype });
    if (!data.every(Number.isFinite)) throw new AppError('FixtureError.notFinite', { name });
    return data;
  };
  const images = (name: string) =>
    toChannelsLastImages(floats(name, [batchSize, channels, imageSize, imageSize]), channels, imageSize);
  const permutation = (name: string): Int32Array => {
    const { dtype, data } = tensor(name, [latents, batchSize]);
    if (dtype !== 'I32') throw new AppError('FixtureError.dtype', { name, needed: 'I32', dtype });
    for (let row = 0; row < latents; row++)
      if (!isPermutation(data.subarray(row * batchSize, (row + 1) * batchSize)))
        throw new AppError('FixtureError.permutation', { row, name, last: batchSize - 1 });
    return data;
  };
  const parameters = (prefix: string): NamedTensors =>
    new Map(
      tensorsOf(vaeLayers(config)).map(({ name, shape }): [string, NamedTensor] => [
        name,
        { shape, data: floats(`${prefix}.${name}`, shape) },
      ]),
    );

  const steps = Array.from(
    { length: readSteps(metadata.steps) },
    (_, t): FixtureStep => ({
      inputs: {
        batch1: images(`batch1.${t}`),
        batch2: images(`batch2.${t}`),
        noise1: floats(`noise1.${t}`, [batchSize, latents]),
        noise2: floats(`noise2.${t}`, [batchSize, latents]),
        permutation: permutation(`perm.${t}`),
      },
      losses: floats(`loss.${t}`, [lossNames.length]),
    }),
  );
  return { config, steps, before: parameters('before'), after: parameters('after') };
}

function readSteps(text: string | undefined): number {
  if (text === undefined) throw new AppError('FixtureError.noSteps');
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > mostSteps)
    throw new AppError('FixtureError.steps', { most: mostSteps, given: quoted(text) });
  return count;
}

function isPermutation(row: Int32Array): boolean {
  const seen = new Uint8Array(row.length);
  for (const index of row) if (index >= 0 && index < row.length) seen[index] = 1;
  return seen.every((mark) => mark === 1);
}
