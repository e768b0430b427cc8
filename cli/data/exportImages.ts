import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { configure, ZipWriter } from '@zip.js/zip.js';
import { imagesOf } from '../../src/data/datasets.ts';
import { streams } from '../../src/data/random/philox.ts';
import { npyHeader } from '../../src/intake/npyHeader.ts';
import { pickDistinct } from '../../src/metrics/draws.ts';
import { WriteError } from '../train/failures.ts';
import { flushFile, moveFile } from '../train/files.ts';
import type { DataTask } from './arguments.ts';
import { type PublishedArray, publishedArrays } from './publishedArrays.ts';

configure({ useWebWorkers: false });

/** The same images are the same bytes, whenever they are written. */
const madeAlike = { lastModDate: new Date(1980, 0, 1), extendedTimestamp: false };

/**
 * Writes images and their factors as an .npz, in pieces: memory holds a few hundred images at a time. `out` is
 * whole, or as it was.
 * @throws WriteError
 */
export async function exportImages(
  { dataset, images, out, count, seed }: DataTask & { task: 'export' },
  onProgress: (done: number) => void,
): Promise<void> {
  const source = imagesOf(images);
  const chosen = pickDistinct(seed, streams.ownImages, 0, count, source.count).sort();
  const arrays = publishedArrays(dataset, source, chosen, onProgress);
  const fresh = `${out}.new`;
  try {
    const zip = new ZipWriter(Writable.toWeb(createWriteStream(fresh)), madeAlike);
    for (const array of arrays) await zip.add(`${array.name}.npy`, streamOf(npyOf(array)));
    await zip.close();
  } catch (cause) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw new WriteError(out, cause);
  }
  await flushFile(fresh);
  await moveFile(fresh, out);
}

function* npyOf({ type, shape, pieces }: PublishedArray): Generator<Uint8Array> {
  yield npyHeader(type, shape);
  yield* pieces();
}

/** A stream that makes a piece when it is asked for one. */
function streamOf(pieces: Iterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const { done, value } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}
