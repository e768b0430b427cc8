import type { NumberType } from './numberTypes.ts';

/** An array of numbers in a file, row-major: what .npy, .npz, safetensors and HDF5 have in common. */
export interface NumberArray {
  readonly name: string;
  readonly type: NumberType;
  readonly shape: readonly number[];
  /** Its bytes in order, little-endian, in pieces of any length. It may be called again, and be left before its end. */
  pieces(): AsyncIterable<Uint8Array>;
}

/** Pieces of one length, whatever lengths they came in; the last is left out where it is shorter. */
export async function* inPieces(
  pieces: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<Uint8Array> {
  const own = new Uint8Array(length);
  let filled = 0;
  for await (const piece of pieces) {
    let at = 0;
    if (filled > 0) {
      at = Math.min(piece.length, length - filled);
      own.set(piece.subarray(0, at), filled);
      filled += at;
      if (filled < length) continue;
      yield own;
      filled = 0;
    }
    for (; at + length <= piece.length; at += length) yield piece.subarray(at, at + length);
    own.set(piece.subarray(at));
    filled = piece.length - at;
  }
}
