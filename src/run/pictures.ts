import { choicesOf, type Factor, factorSizes, type Images, knownFactors } from '../data/dataset.ts';
import { imagesOf } from '../data/datasets.ts';
import { streams } from '../data/random/philox.ts';
import { generatorInputs } from '../data/random/random.ts';
import type { Trainer } from '../engines/trainer.ts';
import { AppError } from '../errors.ts';
import { pictureAt } from '../model/picture.ts';
import type { FactorsEncoded, FactorTrace, Picture, PictureSet } from '../model/pictures.ts';
import { rowCodes, traversalValues } from './traversal.ts';

const pairCount = 8;

/** Draws what a person sees of the model: the same images throughout a run, with the present weights. */
export class PictureMaker {
  readonly #trainer: Trainer;
  readonly #source: Images;
  /** Eight fixed images and, last, the one that a person chose: [pairCount + 1, image]. */
  readonly #images: Float32Array;
  #baseFactors: readonly number[];

  constructor(trainer: Trainer) {
    const { seed } = trainer.config;
    this.#trainer = trainer;
    this.#source = imagesOf(trainer.config);
    const length = this.#source.imageLength;
    this.#images = new Float32Array((pairCount + 1) * length);
    this.#source.drawBatch(seed, streams.preview, 0, pairCount, this.#images.subarray(0, pairCount * length));
    this.#baseFactors = this.choices.map((count) => Math.floor(count / 2));
    this.setBase(this.#baseFactors);
  }

  /** What images are told apart by, however they are named; null where nobody knows. */
  get known(): readonly Factor[] | null {
    return knownFactors(this.#source);
  }

  /** By whose values images are named; null where they go by number. */
  get factors(): readonly Factor[] | null {
    return this.#source.factors;
  }

  /** How many different images there are. */
  get imageCount(): number {
    return this.#source.count;
  }

  /** What there is to choose an image from. */
  get choices(): readonly number[] {
    return choicesOf(this.factors, this.imageCount);
  }

  /** The image that a person goes on from, by its factors. */
  setBase(factors: readonly number[]): void {
    this.#baseFactors = factors;
    this.#source.draw(factors, this.#images, pairCount * this.#source.imageLength);
  }

  /**
   * Everything the page shows that the model can do, in one encoding and one decoding, and one more of random
   * codes.
   */
  async draw(): Promise<PictureSet> {
    const { latents } = this.#trainer.config;
    const { can } = this.#trainer.model;
    const { step } = this.#trainer;
    const mean = can.encode ? (await this.#trainer.encode(this.#images)).mean : null;
    const values = traversalValues(9, can.reach);
    const pairs = can.reconstruct ? pairCount : 0;
    const base = mean?.slice(pairCount * latents) ?? new Float32Array(latents);
    const rows = can.traverse ? range(latents).map((latent) => ({ latent, values })) : [];
    const moved = rowCodes(base, rows);
    const codes = new Float32Array(pairs * latents + moved.length);
    if (mean) codes.set(mean.subarray(0, pairs * latents));
    codes.set(moved, pairs * latents);
    const decoded = codes.length > 0 ? await this.#trainer.decode(codes) : codes;
    const pictures = (from: Float32Array, first: number, count: number) =>
      range(count).map((i) => this.#picture(from, first + i));
    return {
      step,
      inputs: pictures(this.#images, 0, pairCount),
      reconstructions: can.reconstruct ? pictures(decoded, 0, pairCount) : null,
      generated: await this.#generate(),
      base: { picture: this.#picture(this.#images, pairCount), factors: this.#baseFactors },
      traversal: can.traverse
        ? {
            code: base,
            values,
            rows: rows.map(({ latent }) => pictures(decoded, pairs + latent * values.length, values.length)),
          }
        : null,
    };
  }

  /** The image of these factors, the code that the encoder gives it, and what the decoder makes of that. */
  async encode(factors: readonly number[]): Promise<FactorsEncoded> {
    const image = new Float32Array(this.#source.imageLength);
    this.#source.draw(factors, image);
    const { step } = this.#trainer;
    const { mean, logVariance } = await this.#trainer.encode(image);
    const { can } = this.#trainer.model;
    return {
      step,
      image: this.#picture(image, 0),
      mean: mean.slice(),
      logVariance: logVariance?.slice() ?? null,
      reconstruction: can.reconstruct ? await this.decode(mean) : null,
    };
  }

  /**
   * The codes that the base image gets as one factor, by index, takes each of its values.
   * @throws AppError InvalidFactorsError where there is no such factor.
   */
  async trace(factor: number): Promise<FactorTrace> {
    const sizes = factorSizes(this.factors);
    const size: number | undefined = sizes[factor];
    if (size === undefined)
      throw new AppError('InvalidFactorsError.index', { last: sizes.length - 1, factor });
    const { imageLength } = this.#source;
    const images = new Float32Array(size * imageLength);
    for (let value = 0; value < size; value++)
      this.#source.draw(this.#baseFactors.with(factor, value), images, value * imageLength);
    const { step } = this.#trainer;
    const { mean, logVariance } = await this.#trainer.encode(images);
    return {
      step,
      factor,
      base: this.#baseFactors[factor],
      mean: mean.slice(),
      logVariance: logVariance?.slice() ?? null,
    };
  }

  /** Decodes codes, [count, latents]. */
  async decodeAll(codes: Float32Array): Promise<Picture[]> {
    const decoded = await this.#trainer.decode(codes);
    return range(codes.length / this.#trainer.config.latents).map((i) => this.#picture(decoded, i));
  }

  /** Decodes one code, [latents], with what is given behind it where that is not the usual. */
  async decode(code: Float32Array, rest?: Float32Array): Promise<Picture> {
    return this.#picture(await this.#trainer.decode(code, rest), 0);
  }

  /** Images of the same random codes, categories and noise at every step. */
  async #generate(): Promise<Picture[] | null> {
    const { generate } = this.#trainer.model.can;
    if (!generate) return null;
    const { seed, latents } = this.#trainer.config;
    const width = latents + generate.categories + generate.noise;
    const inputs = generatorInputs(seed, streams.generated, 0, pairCount, { codes: latents, ...generate });
    const isCode = (_: number, at: number) => at % width < latents;
    const decoded = await this.#trainer.decode(
      inputs.filter(isCode),
      inputs.filter((value, at) => !isCode(value, at)),
    );
    return range(pairCount).map((i) => this.#picture(decoded, i));
  }

  #picture(images: Float32Array, index: number): Picture {
    return pictureAt(images, index, this.#trainer.config);
  }
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
