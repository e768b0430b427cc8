import type { RunConfig } from '../config/schema.ts';
import { imagesOf } from '../data/datasets.ts';
import { cannotError, type Trainer } from '../engines/trainer.ts';
import { type BaseCodes, completed, type DecoderFile } from '../files/exhibit.ts';
import type { ExhibitAbout, ExhibitView } from '../model/exhibit.ts';
import type { NamedTensors } from '../model/parameters.ts';
import { pictureAt } from '../model/picture.ts';
import type { Picture } from '../model/pictures.ts';
import { rowCodes, traversalValues } from './traversal.ts';

/** Fine enough for a picture that moves. */
const values = traversalValues(25, 3);

/** A trained model that ships with the page: it draws and encodes, and is never trained. */
export class Exhibit {
  readonly about: ExhibitAbout;
  readonly #codes: BaseCodes;
  readonly #trainer: Trainer;
  #weights: NamedTensors;
  #encodes = false;

  /** It shows the images whose codes are in the file; others once it has its encoder. */
  constructor({ about, codes, weights }: DecoderFile, createTrainer: (config: RunConfig) => Trainer) {
    this.about = about;
    this.#codes = codes;
    this.#weights = weights;
    this.#trainer = createTrainer(about.config);
    this.#trainer.writeParameters(completed(about.config, weights));
  }

  addEncoder(weights: NamedTensors): void {
    this.#weights = new Map([...weights, ...this.#weights]);
    this.#trainer.writeParameters(completed(this.about.config, this.#weights));
    this.#encodes = true;
  }

  /** Whether it can show this image as it is. */
  canShow(factors: readonly number[]): boolean {
    return this.#encodes || this.#baseOf(factors) !== undefined;
  }

  /** @throws AppError CannotError where it would need its encoder and has none yet. */
  async show(factors: readonly number[]): Promise<ExhibitView> {
    const { config } = this.about;
    const { latents } = config;
    const mean = this.#baseOf(factors) ?? (await this.#encode(factors));

    const rows = Array.from({ length: latents }, (_, latent) => ({ latent, values }));
    // Of the picture itself, then of its rows.
    const decoded = await this.#trainer.decode(Float32Array.of(...mean, ...rowCodes(mean, rows)));
    const picture = (index: number) => pictureAt(decoded, index, config);
    return {
      about: this.about,
      mean: mean.slice(),
      reconstruction: picture(0),
      values,
      rows: rows.map(({ latent }) => values.map((_, at) => picture(1 + latent * values.length + at))),
    };
  }

  async decode(code: Float32Array): Promise<Picture> {
    return pictureAt(await this.#trainer.decode(code), 0, this.about.config);
  }

  /** The mean in its file, where the image is one of those. */
  #baseOf(factors: readonly number[]): Float32Array | undefined {
    const { bases, config } = this.about;
    const at = bases.findIndex((base) => base.join() === factors.join()) * config.latents;
    return at < 0 ? undefined : this.#codes.mean.subarray(at, at + config.latents);
  }

  async #encode(factors: readonly number[]): Promise<Float32Array> {
    if (!this.#encodes) throw cannotError('encode');
    const source = imagesOf(this.about.config);
    const image = new Float32Array(source.imageLength);
    source.draw(factors, image);
    return (await this.#trainer.encode(image)).mean;
  }
}
