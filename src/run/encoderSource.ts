import type { RunConfig } from '../config/schema.ts';
import { choicesOf, factorSizes, type Images, knownFactors } from '../data/dataset.ts';
import { imagesOf } from '../data/datasets.ts';
import type { Codes } from '../engines/trainer.ts';
import type { PosteriorSource, Posteriors } from '../metrics/codeSource.ts';

/** How many images are drawn and encoded at once. */
export interface Portion {
  readonly images: number;
  /** Called after each: how many images it had, and the milliseconds that they took. */
  took?(images: number, ms: number): void;
}

export interface EncoderOptions {
  /** Encodes images [count, height, width, channels]; the model must stay the same throughout. */
  readonly encode: (images: Float32Array) => Promise<Codes>;
  /** Left out: what keeps a GPU busy for some milliseconds. */
  readonly portion?: Portion;
  /** Runs a task when it is this source's turn to use the trainer; left out: at once. */
  readonly turn?: (task: () => Promise<void>) => Promise<void>;
}

export const mostImages = 1024;

/**
 * A model's encoder, as the measures see it: draws the images they ask for and encodes them, a portion at a time.
 */
export class EncoderSource implements PosteriorSource {
  readonly latents: number;
  /** Images encoded so far. */
  images = 0;
  readonly #source: Images;
  readonly #encode: (images: Float32Array) => Promise<Codes>;
  readonly #portion: Portion;
  readonly #turn: (task: () => Promise<void>) => Promise<void>;

  constructor(
    config: RunConfig,
    { encode, portion = { images: mostImages }, turn = (task) => task() }: EncoderOptions,
  ) {
    this.latents = config.latents;
    this.#source = imagesOf(config);
    this.#encode = encode;
    this.#portion = portion;
    this.#turn = turn;
  }

  get factorSizes(): readonly number[] {
    return factorSizes(knownFactors(this.#source));
  }

  get choices(): readonly number[] {
    return choicesOf(this.#source.factors, this.#source.count);
  }

  get labels(): Uint16Array | null {
    return this.#source.labelled?.labels ?? null;
  }

  async means(rows: Int32Array): Promise<Float32Array> {
    return (await this.posteriors(rows)).mean;
  }

  async posteriors(rows: Int32Array): Promise<Posteriors> {
    const width = this.choices.length;
    const count = rows.length / width;
    const mean = new Float32Array(count * this.latents);
    let logVariance: Float32Array | null = null;
    for (let first = 0; first < count; )
      await this.#turn(async () => {
        const last = Math.min(count, first + this.#portion.images);
        const start = performance.now();
        const codes = await this.#encode(this.#draw(rows.subarray(first * width, last * width)));
        this.#portion.took?.(last - first, performance.now() - start);
        mean.set(codes.mean, first * this.latents);
        if (codes.logVariance) {
          logVariance ??= new Float32Array(count * this.latents);
          logVariance.set(codes.logVariance, first * this.latents);
        }
        this.images += last - first;
        first = last;
      });
    return { mean, logVariance };
  }

  /** The images that rows name, [count, choices], as the trainer takes them. */
  #draw(rows: Int32Array): Float32Array {
    const width = this.choices.length;
    const { imageLength } = this.#source;
    const images = new Float32Array((rows.length / width) * imageLength);
    for (let i = 0; i * width < rows.length; i++)
      this.#source.draw([...rows.subarray(i * width, (i + 1) * width)], images, i * imageLength);
    return images;
  }
}
