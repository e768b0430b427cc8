import { type InputFile, piecesOf } from './input.ts';
import { longestNpyHeader, readNpyHeader } from './npyHeader.ts';
import type { NumberArray } from './numberArray.ts';

/** The array of an .npy file. @throws AppError ArrayFileError */
export async function npyArray(file: InputFile): Promise<NumberArray> {
  const name = file.path;
  const { type, shape, length } = readNpyHeader(
    await file.read(0, Math.min(file.size, longestNpyHeader)),
    name,
  );
  return { name, type, shape, pieces: () => piecesOf(file, length) };
}
