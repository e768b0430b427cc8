import { AppError } from '../errors.ts';
import { bytesOf, isNumberType, type NumberType, numberTypes } from './numberTypes.ts';

/**
 * What stands before the numbers of an .npy file.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export interface NpyHeader {
  readonly type: NumberType;
  readonly shape: readonly number[];
  /** Bytes before the first number. */
  readonly length: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** A longer header is a damaged file. */
export const longestNpyHeader = 65_536;

/**
 * `bytes`: the beginning of the file, as much of it as there is up to `longestNpyHeader`.
 * @throws AppError ArrayFileError
 */
export function readNpyHeader(bytes: Uint8Array, name: string): NpyHeader {
  if (magic.some((byte, i) => bytes[i] !== byte)) throw new AppError('ArrayFileError.notNpy', { name });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFirstVersion = bytes[6] === 1;
  const start = isFirstVersion ? 10 : 12;
  if (bytes.length < start) throw new AppError('ArrayFileError.header', { name });
  const length = start + (isFirstVersion ? view.getUint16(8, true) : view.getUint32(8, true));
  if (length > bytes.length) throw new AppError('ArrayFileError.header', { name });
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, length));
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  // Records have a list of types; they hold no images.
  if (order === undefined || shape === undefined) throw new AppError('ArrayFileError.header', { name });
  const sizes = shape.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number.parseInt(size, 10)]));
  if (order === 'True' && sizes.length > 1) throw new AppError('ArrayFileError.fortran', { name });
  const type = descr?.slice(1);
  if (descr === undefined || type === undefined || !isNumberType(type))
    throw new AppError('ArrayFileError.type', {
      name,
      type: descr ?? text.trim().slice(0, 40),
      known: numberTypes,
    });
  if (descr[0] === '>') throw new AppError('ArrayFileError.bigEndian', { name });
  return { type, shape: sizes, length };
}

/** Little-endian, in the file's first version. The numbers begin at a multiple of 64 bytes. */
export function npyHeader(type: NumberType, shape: readonly number[]): Uint8Array {
  const start = 10;
  const descr = `${bytesOf(type) === 1 ? '|' : '<'}${type}`;
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((start + text.length + 1) / 64) * 64;
  const header = new Uint8Array(length).fill(0x20);
  header.set([...magic, 1, 0]);
  new DataView(header.buffer).setUint16(8, length - start, true);
  header.set(new TextEncoder().encode(text), start);
  header[length - 1] = 0x0a;
  return header;
}
