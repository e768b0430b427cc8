import { z } from 'zod';
import { readNumber } from '../../src/config/numbers/readNumber.ts';
import { presets } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/schema.ts';
import { AppError } from '../../src/errors.ts';
import { readSafetensors, type SafeTensor } from '../../src/files/safetensors.ts';
import { type NamedTensor, type NamedTensors, tensorSpecs } from '../../src/model/parameters.ts';
import type { StepInputs } from '../../src/trainer/trainer.ts';

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

/** The only epsilon of Adam that the trainers know. */
const adamEpsilon = 1e-8;

const whole = z.number().int().positive();
const betas = z.tuple([z.number(), z.number()]);
const referenceSchema = z.object({
  size: whole,
  channels: z.union([z.literal(1), z.literal(3)]),
  conv: z.array(whole).min(1),
  dense: whole,
  latents: whole,
  disc_width: whole,
  disc_hidden: whole,
  batch: whole,
  gamma: z.number(),
  lr: z.number(),
  betas,
  disc_lr: z.number(),
  disc_betas: betas,
  eps: z.literal(adamEpsilon, { error: `the trainers use an epsilon of ${adamEpsilon}` }),
});

/** A run with the reference's settings. It may lie outside the limits that the page keeps to. */
function runConfigOf(json: string): RunConfig {
  const c = referenceSchema.parse(JSON.parse(json));
  return {
    ...presets.tiny,
    objective: 'factorVae',
    imageSize: c.size,
    channels: c.channels,
    convWidths: c.conv,
    denseWidth: c.dense,
    latents: c.latents,
    discriminatorWidth: c.disc_width,
    discriminatorDepth: c.disc_hidden,
    batchSize: c.batch,
    gamma: c.gamma,
    beta: 1,
    learningRate: c.lr,
    adamBetas: c.betas,
    discriminatorLearningRate: c.disc_lr,
    discriminatorAdamBetas: c.disc_betas,
  };
}

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
 * Reads a parity case as written by the PyTorch reference.
 * @throws AppError FixtureError where something is missing, and those of `readSafetensors`.
 */
export function readFixture(bytes: Uint8Array): Fixture {
  const { tensors, metadata } = readSafetensors(bytes);
  const config = readConfig(metadata.config);

  const tensor = (name: string): SafeTensor => {
    const found = tensors.get(name);
    if (!found) throw new AppError('FixtureError', `The parity file has no tensor "${name}".`);
    return found;
  };
  const floats = (name: string): Float32Array => {
    const { dtype, data } = tensor(name);
    if (dtype !== 'F32') throw new AppError('FixtureError', `"${name}" of the parity file must be F32.`);
    return data;
  };
  const integers = (name: string): Int32Array => {
    const { dtype, data } = tensor(name);
    if (dtype !== 'I32') throw new AppError('FixtureError', `"${name}" of the parity file must be I32.`);
    return data;
  };
  const images = (name: string) => toChannelsLastImages(floats(name), config.channels, config.imageSize);
  const parameters = (prefix: string): NamedTensors =>
    new Map(
      tensorSpecs(config).map(({ name, shape }): [string, NamedTensor] => {
        const stored = tensor(`${prefix}.${name}`);
        if (stored.shape.join() !== shape.join())
          throw new AppError(
            'FixtureError',
            `"${prefix}.${name}" of the parity file has the shape [${stored.shape}] instead of [${shape}].`,
          );
        return [name, { shape, data: floats(`${prefix}.${name}`) }];
      }),
    );

  const count = readNumber(metadata.steps ?? '', 'whole');
  if (count.kind === 'refused' || !Number.isSafeInteger(count.value) || count.value < 1)
    throw new AppError('FixtureError', 'The parity file\'s metadata must give "steps".');
  const steps = Array.from({ length: count.value }, (_, t): FixtureStep => {
    const losses = floats(`loss.${t}`);
    if (losses.length !== lossNames.length)
      throw new AppError(
        'FixtureError',
        `"loss.${t}" of the parity file must have ${lossNames.length} numbers.`,
      );
    return {
      inputs: {
        batch1: images(`batch1.${t}`),
        batch2: images(`batch2.${t}`),
        noise1: floats(`noise1.${t}`),
        noise2: floats(`noise2.${t}`),
        permutation: integers(`perm.${t}`),
      },
      losses,
    };
  });
  return { config, steps, before: parameters('before'), after: parameters('after') };
}

function readConfig(json: string | undefined): RunConfig {
  if (json === undefined)
    throw new AppError('FixtureError', 'The parity file\'s metadata must hold a "config".');
  try {
    return runConfigOf(json);
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : 'it is not JSON';
    throw new AppError('FixtureError', `The parity file's configuration cannot be used: ${reason}`, {
      cause,
    });
  }
}
