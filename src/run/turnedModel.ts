import { choicesOf } from '../data/dataset.ts';
import { imagesOf } from '../data/datasets.ts';
import { thinnedGrid } from '../data/thinnedGrid.ts';
import type { Trainer } from '../engines/trainer.ts';
import { AppError } from '../errors.ts';
import { alignmentScores } from '../metrics/alignment.ts';
import { requireFinite } from '../metrics/codeSample.ts';
import { CodeTable } from '../metrics/codeTable.ts';
import { columnDeviations, columnMeans } from '../metrics/covariance.ts';
import { factorsOfRows } from '../metrics/imageRange.ts';
import { type LatentSpread, turnCodes, withoutLatent } from '../metrics/turnedCodes.ts';
import type { Work } from '../metrics/work.ts';
import type { AlignmentScores, Turn } from '../model/turn.ts';
import { type EncoderOptions, EncoderSource } from './encoderSource.ts';
import { rowCodes } from './traversal.ts';

/** As many images as the measures of a live model take whole: scores of the code as it is are the same ones. */
const mostImages = 20_000;

/** The codes of a grid of images by the model of one step, and where they lie. */
interface Codes {
  readonly step: number;
  /** Values of each factor, and the factors of each image where these are no grid: see CodeTable. */
  readonly sizes: readonly number[];
  readonly labels: Uint16Array | null;
  readonly means: Float32Array;
  readonly spread: LatentSpread;
}

/** What is done to the codes before they are measured. */
export interface CodeChange {
  readonly turn: Turn | null;
  /** A latent that says nothing any more; null for none. */
  readonly without: number | null;
}

/** The model's codes turned or cut, without training: measured from one encoding of the grid a step. */
export class TurnedModel {
  readonly #trainer: Trainer;
  readonly #options: Omit<EncoderOptions, 'encode'>;
  #encoded: { readonly step: number; readonly codes: Promise<Codes> } | null = null;

  /** `options`: how images are encoded, by turns with whatever else the trainer has to do. */
  constructor(trainer: Trainer, options: Omit<EncoderOptions, 'encode'> = {}) {
    this.#trainer = trainer;
    this.#options = options;
  }

  /**
   * The scores of the codes so changed, of so many images.
   * @throws AppError WrongStateError where the run trains on before they are encoded.
   */
  async measure(
    { turn, without }: CodeChange,
    work: Work,
  ): Promise<{ step: number; images: number; scores: AlignmentScores }> {
    const { step, sizes, labels, means, spread } = await this.#codes();
    let codes = turn ? turnCodes(means, spread, turn) : means;
    if (without !== null) codes = withoutLatent(codes, spread, without);
    const scores = await alignmentScores(
      new CodeTable(codes, sizes, labels),
      this.#trainer.config.seed,
      work,
    );
    return { step, images: means.length / spread.means.length, scores };
  }

  /**
   * Codes to decode for the rows of a turned pair, [2 * values, latents]: `base` with the first of the turned
   * latents at each value, then with the second. Values count in deviations of the latent from its mean.
   */
  async rows(turn: Turn, base: Float32Array, values: readonly number[]): Promise<Float32Array> {
    const { spread } = await this.#codes();
    const turned = turnCodes(base, spread, turn);
    const rows = turn.pair.map((latent) => ({
      latent,
      values: values.map((value) => spread.means[latent] + value * spread.deviations[latent]),
    }));
    return turnCodes(rowCodes(turned, rows), spread, { ...turn, degrees: -turn.degrees });
  }

  /** The grid's codes by the present model, encoded when they are first asked for at its step. */
  #codes(): Promise<Codes> {
    const { step } = this.#trainer;
    if (this.#encoded?.step === step) return this.#encoded.codes;
    const encoded = { step, codes: this.#encode(step) };
    this.#encoded = encoded;
    encoded.codes.catch(() => {
      // What asked is told; whoever asks next tries again.
      if (this.#encoded === encoded) this.#encoded = null;
    });
    return encoded.codes;
  }

  async #encode(step: number): Promise<Codes> {
    const { config } = this.#trainer;
    const { factors, count, labelled } = imagesOf(config);
    const { sizes, rows } = thinnedGrid(choicesOf(factors, count), mostImages);
    const source = new EncoderSource(config, {
      ...this.#options,
      encode: (images) => {
        if (this.#trainer.step !== step) throw new AppError('WrongStateError.turn');
        return this.#trainer.encode(images);
      },
    });
    const means = await source.means(rows);
    requireFinite(means);
    const { latents } = config;
    return {
      step,
      sizes: labelled ? source.factorSizes : sizes,
      labels: labelled && Uint16Array.from(factorsOfRows(source, rows)),
      means,
      spread: { means: columnMeans(means, latents), deviations: columnDeviations(means, latents) },
    };
  }
}
