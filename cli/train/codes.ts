import { factorSizes, type Images } from '../../src/data/dataset.ts';
import { imagesOf } from '../../src/data/datasets.ts';
import { combinationCount } from '../../src/data/factors.ts';
import { streams } from '../../src/data/random/philox.ts';
import { activeByKl, meanKl } from '../../src/metrics/activeLatents.ts';
import { gridRows } from '../../src/metrics/codeSample.ts';
import type { CodeSource } from '../../src/metrics/codeSource.ts';
import { CodeTable } from '../../src/metrics/codeTable.ts';
import { drawFactorRows } from '../../src/metrics/draws.ts';
import type { Work } from '../../src/metrics/work.ts';
import type { Codes, Trainer } from '../../src/trainer/trainer.ts';

/** Numbers of images drawn and encoded at once: a GPU is asked for many batches in a row. */
const chunkNumbers = 4 * 2 ** 20;
/** A grid up to this size is encoded whole, once; of a larger one the measures encode what they draw. */
export const largestTable = 50_000;
/** Images of a larger grid that tell which latents have collapsed. */
const scaleImages = 5_000;

export interface MeasuredCodes {
  readonly source: CodeSource;
  /** Which latents have not collapsed, by their mean KL. */
  readonly active: readonly boolean[];
}

/** The codes that the present weights give. No step may be trained until they have been measured. */
export async function codesOf(trainer: Trainer, work: Work): Promise<MeasuredCodes> {
  const encoder = new GridEncoder(trainer);
  const { factorSizes } = encoder;
  const whole = combinationCount(factorSizes) <= largestTable;
  const rows = whole
    ? gridRows(factorSizes)
    : drawFactorRows(trainer.config.seed, streams.metricSample, 0, scaleImages, factorSizes);
  const { mean, logVariance } = await encoder.encode(rows, work);
  const active = activeByKl(meanKl(mean, logVariance, encoder.latents));
  return { source: whole ? new CodeTable(mean, factorSizes) : encoder, active };
}

/** Draws images by their factors and encodes them. */
class GridEncoder implements CodeSource {
  readonly latents: number;
  readonly #trainer: Trainer;
  readonly #images: Images;

  constructor(trainer: Trainer) {
    this.latents = trainer.config.latents;
    this.#trainer = trainer;
    this.#images = imagesOf(trainer.config);
  }

  get factorSizes(): readonly number[] {
    return factorSizes(this.#images.factors);
  }

  async means(factors: Int32Array): Promise<Float32Array> {
    return (await this.encode(factors)).mean;
  }

  /** The codes of images by their factors, [count, factors]. */
  async encode(factors: Int32Array, work?: Work): Promise<Codes> {
    const { latents } = this;
    const width = this.factorSizes.length;
    const count = factors.length / width;
    const chunk = Math.max(1, Math.floor(chunkNumbers / this.#images.imageLength));
    const codes = { mean: new Float32Array(count * latents), logVariance: new Float32Array(count * latents) };
    for (let from = 0; from < count; from += chunk) {
      await work?.at(from / count);
      const drawn = this.#draw(factors.subarray(from * width, (from + chunk) * width));
      const { mean, logVariance } = await this.#trainer.encode(drawn);
      codes.mean.set(mean, from * latents);
      codes.logVariance.set(logVariance, from * latents);
    }
    return codes;
  }

  /** [count, height, width, channels] */
  #draw(factors: Int32Array): Float32Array {
    const width = this.factorSizes.length;
    const length = this.#images.imageLength;
    const images = new Float32Array((factors.length / width) * length);
    for (let i = 0; i * width < factors.length; i++)
      this.#images.draw([...factors.subarray(i * width, (i + 1) * width)], images, i * length);
    return images;
  }
}
