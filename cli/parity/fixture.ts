import type { RunConfig } from '../../src/config/schema.ts';
import { AppError } from '../../src/errors.ts';
import type { StepInputs } from '../../src/families/vae/inputs.ts';
import { vaeLayers } from '../../src/families/vae/networks.ts';
import type { NamedTensors } from '../../src/model/parameters.ts';
import { readConfig } from './config.ts';
import { FixtureFile } from './fixtureFile.ts';

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

/**
 * Reads a parity case as written by the PyTorch reference. Its sizes keep to the limits of every run, and each tensor
 * has the shape that they give it.
 * @throws AppError FixtureError saying which key or tensor is wrong and what it may be, and those of `readSafetensors`.
 */
export function readFixture(bytes: Uint8Array): Fixture {
  return fixtureOf(FixtureFile.read(bytes));
}

export function fixtureOf(file: FixtureFile): Fixture {
  const config = readConfig(file.given);
  const { imageSize, channels, batchSize, latents } = config;
  const images = (name: string) => file.images(name, [batchSize, channels, imageSize, imageSize]);
  const permutation = (name: string): Int32Array => {
    const { dtype, data } = file.tensor(name, [latents, batchSize]);
    if (dtype !== 'I32') throw new AppError('FixtureError.dtype', { name, needed: 'I32', dtype });
    for (let row = 0; row < latents; row++)
      if (!isPermutation(data.subarray(row * batchSize, (row + 1) * batchSize)))
        throw new AppError('FixtureError.permutation', { row, name, last: batchSize - 1 });
    return data;
  };
  const parameters = (prefix: string) => file.parameters(prefix, vaeLayers(config));

  const steps = Array.from(
    { length: file.steps },
    (_, t): FixtureStep => ({
      inputs: {
        batch1: images(`batch1.${t}`),
        batch2: images(`batch2.${t}`),
        noise1: file.floats(`noise1.${t}`, [batchSize, latents]),
        noise2: file.floats(`noise2.${t}`, [batchSize, latents]),
        permutation: permutation(`perm.${t}`),
      },
      losses: file.floats(`loss.${t}`, [lossNames.length]),
    }),
  );
  return { config, steps, before: parameters('before'), after: parameters('after') };
}

function isPermutation(row: Int32Array): boolean {
  const seen = new Uint8Array(row.length);
  for (const index of row) if (index >= 0 && index < row.length) seen[index] = 1;
  return seen.every((mark) => mark === 1);
}
