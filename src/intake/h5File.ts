import type { Dataset, File as H5 } from 'h5wasm';
import { AppError } from '../errors.ts';
import type { InputFile } from './input.ts';
import type { NumberArray } from './numberArray.ts';
import { isNumberType, type NumberType } from './numberTypes.ts';

/** Opens a file with h5wasm, which is a megabyte and loaded for this alone; a browser and Node give it files in other ways. */
export type OpenH5 = (file: InputFile) => Promise<H5>;

/** Bytes that one reading decodes, about. */
const pieceBytes = 2 ** 23;

/** The datasets of numbers at the top of an HDF5 file, and in its groups. @throws AppError ArrayFileError */
export async function h5Arrays(file: InputFile, open: OpenH5): Promise<NumberArray[]> {
  let root: H5;
  try {
    root = await open(file);
  } catch (cause) {
    throw new AppError('ArrayFileError.h5', { name: file.path }, { cause });
  }
  return root.paths().flatMap((path) => {
    const entity = root.get(path);
    return isDataset(entity) ? arrayOf(path, entity) : [];
  });
}

type Entity = ReturnType<H5['get']>;
/** The package's classes are loaded with it: only datasets can be cut into slices. */
const isDataset = (entity: Entity): entity is Dataset => entity !== null && 'slice' in entity;

function arrayOf(path: string, dataset: Dataset): NumberArray[] {
  const { shape, metadata } = dataset;
  const type = typeOf(metadata);
  if (!shape || !type || metadata.littleEndian === false) return [];
  return [{ name: path.replace(/^\//, ''), type, shape, pieces: () => piecesOfDataset(dataset, shape) }];
}

function typeOf({ type, size, signed }: Dataset['metadata']): NumberType | null {
  // Classes of HDF5: 0 whole numbers, 1 floats.
  const letter = type === 1 ? 'f' : type === 0 ? (signed ? 'i' : 'u') : null;
  const text = `${letter}${size}`;
  return isNumberType(text) ? text : null;
}

async function* piecesOfDataset(dataset: Dataset, shape: readonly number[]): AsyncGenerator<Uint8Array> {
  const [count, ...rest] = shape;
  const rowBytes = rest.reduce((product, size) => product * size, dataset.metadata.size);
  const chunkRows = dataset.metadata.chunks?.[0] ?? 1;
  const rows = Math.max(1, Math.floor(pieceBytes / rowBytes / chunkRows)) * chunkRows;
  for (let at = 0; at < count; at += rows) {
    const slice = dataset.slice([[at, Math.min(count, at + rows)], ...rest.map((): [] => [])]);
    if (!ArrayBuffer.isView(slice)) throw new AppError('ArrayFileError.h5', { name: dataset.path });
    yield new Uint8Array(slice.buffer, slice.byteOffset, slice.byteLength);
  }
}
