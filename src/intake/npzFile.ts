import { AppError } from '../errors.ts';
import type { InputFile } from './input.ts';
import { longestNpyHeader, readNpyHeader } from './npyHeader.ts';
import type { NumberArray } from './numberArray.ts';
import { type ZipMember, zipMembers } from './zip.ts';

export interface NpzArrays {
  readonly arrays: readonly NumberArray[];
  /** Those that are no arrays of numbers, with what is wrong with them. */
  readonly others: readonly AppError[];
}

/** The arrays of an .npz file: a zip of .npy files. @throws AppError ZipError */
export async function npzArrays(file: InputFile): Promise<NpzArrays> {
  const arrays: NumberArray[] = [];
  const others: AppError[] = [];
  for (const member of await zipMembers(file)) {
    if (!member.path.endsWith('.npy')) continue;
    try {
      arrays.push(await arrayOf(member));
    } catch (thrown) {
      // dSprites' own file has a dictionary beside its images.
      if (!(thrown instanceof AppError)) throw thrown;
      others.push(thrown);
    }
  }
  return { arrays, others };
}

async function arrayOf(member: ZipMember): Promise<NumberArray> {
  const name = member.path.replace(/\.npy$/, '');
  const { type, shape, length } = readNpyHeader(await beginning(member, longestNpyHeader), name);
  return { name, type, shape, pieces: () => after(member, length) };
}

async function beginning(member: ZipMember, most: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(most);
  let filled = 0;
  for await (const piece of member.pieces()) {
    const taken = piece.subarray(0, most - filled);
    bytes.set(taken, filled);
    filled += taken.length;
    if (filled === most) break;
  }
  return bytes.subarray(0, filled);
}

async function* after(member: ZipMember, skipped: number): AsyncGenerator<Uint8Array> {
  let left = skipped;
  for await (const piece of member.pieces()) {
    if (piece.length > left) yield piece.subarray(left);
    left = Math.max(0, left - piece.length);
  }
}
