import { AppError } from '../errors.ts';
import { fitted } from '../intake/fit.ts';
import type { ImageSource, RawImage } from '../intake/imageSource.ts';
import { BlobInput } from '../intake/input.ts';
import { isColour } from '../intake/isColour.ts';
import { type Machine, nameOf, openSource } from '../intake/openSource.ts';
import { takeImages, usualBudget } from '../intake/take.ts';
import { pictureAt } from '../model/picture.ts';
import type { Picture } from '../model/pictures.ts';
import type {
  FitChoice,
  GivenFile,
  KeptSet,
  Look,
  OwnImagesCommands,
  OwnImagesEvent,
} from '../protocol/ownImages.ts';
import type { Part } from '../report.ts';
import { dataName } from '../settings/ownData.ts';
import { keepSet } from './dataShelf.ts';

/** Images that a person sees before all are taken. */
const previewed = 8;

/** What a person gave, from the first look on. */
export class OwnImagesReader {
  readonly #machine: Machine;
  #looked: { readonly source: ImageSource; readonly first: readonly RawImage[] } | null = null;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** @throws AppError that tells what cannot be read. */
  async look(given: readonly GivenFile[]): Promise<Look> {
    const files = given.map(({ file, path }) => new BlobInput(file, path));
    const source = await openSource(files, this.#machine);
    const first = await firstImages(source);
    this.#looked = { source, first };
    const [shown] = first;
    return {
      name: dataName(nameOf(files)),
      count: source.count,
      first: shown ? { width: shown.width, height: shown.height, colour: await isColour(source) } : null,
      columns: source.columns.map(({ name }) => name),
      notes: source.notes,
    };
  }

  preview({ size, channels }: FitChoice): Picture[] {
    return this.#asked.first.map((image) =>
      pictureAt(
        Float32Array.from(fitted(image, { size, channels }), (value) => value / 255),
        0,
        { imageSize: size, channels },
      ),
    );
  }

  async take(
    { size, channels, seed, name }: OwnImagesCommands['take']['params'],
    tell: (event: OwnImagesEvent) => void,
  ): Promise<{ set: KeptSet; notes: readonly Part[] }> {
    const { source } = this.#asked;
    const fit = { size, channels };
    const { stored, chosen, notes } = await takeImages(source, {
      fit,
      budget: usualBudget,
      seed,
      onProgress: (part) => tell({ kind: 'taking', part }),
    });
    tell({ kind: 'keeping' });
    return { set: await keepSet(stored, { name: dataName(name), seed: chosen ? seed : null }), notes };
  }

  get #asked() {
    if (!this.#looked) throw new AppError('OwnDataError.none');
    return this.#looked;
  }
}

async function firstImages(source: ImageSource): Promise<RawImage[]> {
  const images: RawImage[] = [];
  for await (const item of source.images((number) => number < 4 * previewed)) {
    if ('image' in item) images.push(item.image);
    // What is left of a stream would be read to its end.
    if (images.length === previewed || item.number === 4 * previewed - 1) break;
  }
  return images;
}
