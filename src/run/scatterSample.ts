import type { RunConfig } from '../config/schema.ts';
import { imagesOf } from '../data/datasets.ts';
import { streams } from '../data/random/philox.ts';
import { normals, permutations } from '../data/random/random.ts';
import type { Codes } from '../engines/trainer.ts';
import type { LatentPair } from '../model/codesFrame.ts';

/** Codes of a sample. */
export const sampleSize = 256;

/** What is the same at every step of a run: its images, and the random numbers that make codes of them. */
export class ScatterDraws {
  readonly images: Float32Array;
  readonly #latents: number;
  readonly #noise: Float32Array;
  /** For each latent the images that its numbers come from once it is shuffled, [latents, sampleSize]. */
  readonly #shuffles: Int32Array;

  constructor(config: RunConfig) {
    const { seed, latents } = config;
    const source = imagesOf(config);
    this.images = new Float32Array(sampleSize * source.imageLength);
    source.drawBatch(seed, streams.scatterImages, 0, sampleSize, this.images);
    this.#latents = latents;
    this.#noise = normals(seed, streams.scatterNoise, 0, sampleSize * latents);
    this.#shuffles = permutations(seed, streams.scatterShuffle, 0, latents, sampleSize);
  }

  /** The images' codes, drawn from their posteriors. */
  sample({ mean, logVariance }: Codes): ScatterSample {
    const codes = logVariance
      ? mean.map((value, i) => value + Math.exp(logVariance[i] / 2) * this.#noise[i])
      : mean;
    return new ScatterSample(codes, this.#latents, this.#shuffles);
  }
}

/** Codes of images, with every latent shuffled on its own. */
export class ScatterSample {
  /** [sampleSize, latents]. */
  readonly shuffled: Float32Array;
  readonly #codes: Float32Array;
  readonly #latents: number;
  readonly #shuffles: Int32Array;

  constructor(codes: Float32Array, latents: number, shuffles: Int32Array) {
    this.#codes = codes;
    this.#latents = latents;
    this.#shuffles = shuffles;
    this.shuffled = Float32Array.from(codes, (_, at) => {
      const latent = at % latents;
      return codes[shuffles[latent * sampleSize + (at - latent) / latents] * latents + latent];
    });
  }

  /** The first of the shuffled codes, the second latent taken from the image that the first one comes from. */
  joined([first, second]: LatentPair, count: number): Float32Array {
    const out = this.shuffled.slice(0, count * this.#latents);
    for (let i = 0; i < count; i++) {
      const image = this.#shuffles[first * sampleSize + i];
      out[i * this.#latents + second] = this.#codes[image * this.#latents + second];
    }
    return out;
  }
}
