import { AppError } from '../../src/errors.ts';
import { listed, quoted } from '../../src/files/quoted.ts';
import { readSafetensors, type SafeTensor } from '../../src/files/safetensors.ts';
import type { LayerSpec } from '../../src/model/layers.ts';
import { type NamedTensor, type NamedTensors, tensorsOf } from '../../src/model/parameters.ts';
import { type Given, readGiven } from './config.ts';

/** Far more than a reference needs; each step is run and holds its batches. */
export const mostSteps = 1000;

/**
 * A parity case as a PyTorch reference writes it: settings, a number of steps and named tensors, of which each is
 * held to the shape that whoever reads it expects. All throw an AppError FixtureError that says what is wrong and
 * what it may be.
 */
export class FixtureFile {
  readonly given: Given;
  readonly #steps: string | undefined;
  readonly #tensors: ReadonlyMap<string, SafeTensor>;

  private constructor(given: Given, steps: string | undefined, tensors: ReadonlyMap<string, SafeTensor>) {
    this.given = given;
    this.#steps = steps;
    this.#tensors = tensors;
  }

  /** @throws AppError FixtureError, and those of `readSafetensors`. */
  static read(bytes: Uint8Array): FixtureFile {
    const { tensors, metadata } = readSafetensors(bytes);
    if (metadata.config === undefined) throw new AppError('FixtureError.noConfig');
    return new FixtureFile(readGiven(metadata.config), metadata.steps, tensors);
  }

  get steps(): number {
    if (this.#steps === undefined) throw new AppError('FixtureError.noSteps');
    const count = Number(this.#steps);
    if (!/^\d+$/.test(this.#steps) || count < 1 || count > mostSteps)
      throw new AppError('FixtureError.steps', { most: mostSteps, given: quoted(this.#steps) });
    return count;
  }

  tensor(name: string, shape: readonly number[]): SafeTensor {
    const found = this.#tensors.get(name);
    if (!found) throw new AppError('FixtureError.noTensor', { name });
    if (found.shape.join() !== shape.join())
      throw new AppError('FixtureError.shape', { name, shape: listed(found.shape), needed: listed(shape) });
    return found;
  }

  floats(name: string, shape: readonly number[]): Float32Array {
    const { dtype, data } = this.tensor(name, shape);
    if (dtype !== 'F32') throw new AppError('FixtureError.dtype', { name, needed: 'F32', dtype });
    if (!data.every(Number.isFinite)) throw new AppError('FixtureError.notFinite', { name });
    return data;
  }

  /** Images of shape [count, channels, height, width], channels last. */
  images(name: string, shape: readonly [number, number, number, number]): Float32Array {
    const [, channels, size] = shape;
    return toChannelsLastImages(this.floats(name, shape), channels, size);
  }

  parameters(prefix: string, layers: readonly LayerSpec[]): NamedTensors {
    return new Map(
      tensorsOf(layers).map(({ name, shape }): [string, NamedTensor] => [
        name,
        { shape, data: this.floats(`${prefix}.${name}`, shape) },
      ]),
    );
  }
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
