import { readLayout } from '../files/safetensors.ts';
import { type InputFile, piecesOf } from './input.ts';
import type { NumberArray } from './numberArray.ts';
import type { NumberType } from './numberTypes.ts';

const types: Readonly<Record<string, NumberType>> = {
  F64: 'f8',
  F32: 'f4',
  F16: 'f2',
  I64: 'i8',
  U64: 'u8',
  I32: 'i4',
  U32: 'u4',
  I16: 'i2',
  U16: 'u2',
  I8: 'i1',
  U8: 'u1',
  BOOL: 'b1',
};

/** The tensors of a safetensors file but those in bfloat16. @throws what `readLayout` does */
export async function safetensorsArrays(file: InputFile): Promise<NumberArray[]> {
  const { entries, dataStart } = await readLayout(file.size, (from, to) => file.read(from, to));
  return entries.flatMap(({ name, dtype, shape, start, end }) => {
    const type: NumberType | undefined = types[dtype];
    if (type === undefined) return [];
    return [{ name, type, shape, pieces: () => piecesOf(file, dataStart + start, dataStart + end) }];
  });
}
