import { AppError } from '../errors.ts';
import { type Part, part } from '../report.ts';
import { columnFile } from './columnFile.ts';
import type { Column, ImageSource, SourceImage } from './imageSource.ts';
import { mostFileBytes, type PictureDecoder } from './pictures.ts';

/** A file of a folder or a zip. */
export interface FolderFile {
  readonly path: string;
  /** All its bytes. @throws AppError where it has more than `most`, or cannot be read. */
  whole(most: number): Promise<Uint8Array<ArrayBuffer>>;
}

const picture = /\.(png|jpe?g|webp)$/i;
const columnsName = /\.csv$/i;
/** What systems leave in folders: nothing of it is a person's. */
const hidden = /(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i;
const mostColumnBytes = 2 ** 27;

/**
 * The pictures of a folder or a zip in the order of their paths, by code units, so that both give the same set. A .csv file
 * beside them says what is known of each.
 * @throws AppError IntakeError.noPictures
 */
export async function pictureSource(
  files: readonly FolderFile[],
  name: string,
  decoder: PictureDecoder,
): Promise<ImageSource> {
  const seen = files.filter(({ path }) => !hidden.test(path));
  const pictures = seen.filter(({ path }) => picture.test(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  if (pictures.length === 0) throw new AppError('IntakeError.noPictures', { name });
  const notes: Part[] = [];
  const columns = await columnsOf(seen, pictures, notes);
  const others = seen.filter(({ path }) => !picture.test(path) && !columnsName.test(path));
  if (others.length > 0) notes.push(part('intake.others', { count: others.length, first: others[0].path }));
  return {
    count: pictures.length,
    columns,
    notes,
    images: (wanted) => decoded(pictures, wanted, decoder),
  };
}

async function* decoded(
  pictures: readonly FolderFile[],
  wanted: (number: number) => boolean,
  decoder: PictureDecoder,
): AsyncGenerator<SourceImage> {
  for (const [number, file] of pictures.entries()) {
    if (!wanted(number)) continue;
    try {
      yield { number, image: await decoder.decode(await file.whole(mostFileBytes)) };
    } catch (thrown) {
      // That a decoder could not be fetched is no picture's fault.
      if (!(thrown instanceof AppError) || thrown.name === 'NotLoadedError') throw thrown;
      yield { number, problem: part('intake.unreadable', { problem: thrown.report }), file: file.path };
    }
  }
}

/** The columns of the first .csv file that names the pictures. */
async function columnsOf(
  files: readonly FolderFile[],
  pictures: readonly FolderFile[],
  notes: Part[],
): Promise<readonly Column[]> {
  for (const file of files) {
    if (!columnsName.test(file.path)) continue;
    const bytes = await file.whole(mostColumnBytes);
    const read = columnFile(
      bytes,
      pictures.map(({ path }) => path),
    );
    if (read.kind === 'columns') return read.columns;
    notes.push(part('intake.columnFile', { name: file.path, problem: read.problem }));
  }
  return [];
}
