import { presets } from '../config/presets.ts';
import type { RunConfig } from '../config/schema.ts';
import { imagesOf } from '../data/datasets.ts';
import { streams } from '../data/random/philox.ts';
import { normals, permutations } from '../data/random/random.ts';
import type { Trainer } from '../engines/trainer.ts';
import type { StepInputs } from '../families/vae/inputs.ts';
import { vaeLayers } from '../families/vae/networks.ts';
import { initialTensors } from '../model/initialise.ts';
import type { NamedTensors } from '../model/parameters.ts';

/** Runs a check on a new trainer of `smallConfig`, with some other settings, and disposes it. */
export type WithTrainer = (
  check: (trainer: Trainer) => Promise<void>,
  settings?: Partial<RunConfig>,
) => Promise<void>;

/** A run of a few kilobytes, with odd sizes. */
export const smallConfig: RunConfig = {
  ...presets.tiny,
  convWidths: [4, 6],
  denseWidth: 10,
  latents: 3,
  discriminatorWidth: 12,
  discriminatorDepth: 2,
  batchSize: 5,
};

export function initialParameters(seed: number): NamedTensors {
  return initialTensors(vaeLayers(smallConfig), seed);
}

/** What a step of `smallConfig` draws. */
export function inputsOf(step: number): StepInputs {
  const { seed, batchSize, latents } = smallConfig;
  const codes = batchSize * latents;
  return {
    batch1: drawnImages(batchSize, streams.batch1, step),
    batch2: drawnImages(batchSize, streams.batch2, step),
    noise1: normals(seed, streams.noise1, step, codes),
    noise2: normals(seed, streams.noise2, step, codes),
    permutation: permutations(seed, streams.permutation, step, latents, batchSize),
  };
}

export function drawnImages(count: number, stream: 1 | 2 | 6 = streams.preview, step = 0): Float32Array {
  const source = imagesOf(smallConfig);
  const images = new Float32Array(count * source.imageLength);
  source.drawBatch(smallConfig.seed, stream, step, count, images);
  return images;
}

/** Tensors that lack one, or have it in another shape or length. */
export function wrongTensors(right: NamedTensors): NamedTensors[] {
  const name = 'encoder.dense.bias';
  const missing = new Map(right);
  missing.delete(name);
  const { denseWidth } = smallConfig;
  return [
    missing,
    new Map(right).set(name, { shape: [3], data: new Float32Array(3) }),
    new Map(right).set(name, { shape: [denseWidth], data: new Float32Array(denseWidth - 1) }),
  ];
}

/** Networks of which a number differs. */
export function changed(before: NamedTensors, after: NamedTensors): string[] {
  return ['encoder', 'decoder', 'discriminator'].filter((network) =>
    [...before].some(
      ([name, { data }]) =>
        name.startsWith(network) && data.some((value, i) => value !== after.get(name)?.data[i]),
    ),
  );
}
