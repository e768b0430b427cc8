import { halfValue } from '../model/half.ts';

/** Types of numbers as numpy calls them: unsigned, signed, float or boolean, and their bytes. */
export const numberTypes = ['u1', 'u2', 'u4', 'u8', 'i1', 'i2', 'i4', 'i8', 'f2', 'f4', 'f8', 'b1'] as const;
export type NumberType = (typeof numberTypes)[number];

export function isNumberType(text: string): text is NumberType {
  return numberTypes.some((type) => type === text);
}

export function bytesOf(type: NumberType): number {
  return Number(type[1]);
}

export function isWholeType(type: NumberType): boolean {
  return type[0] !== 'f';
}

/** Little-endian numbers as doubles; whole numbers beyond 2^53 lose their last digits. `bytes` has whole numbers only. */
export function numbersIn(type: NumberType, bytes: Uint8Array): ArrayLike<number> {
  const count = bytes.length / bytesOf(type);
  if (type === 'u1' || type === 'b1') return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = readers[type];
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) out[i] = read(view, i);
  return out;
}

const readers: Readonly<Record<Exclude<NumberType, 'u1' | 'b1'>, (view: DataView, i: number) => number>> = {
  u2: (view, i) => view.getUint16(2 * i, true),
  u4: (view, i) => view.getUint32(4 * i, true),
  u8: (view, i) => Number(view.getBigUint64(8 * i, true)),
  i1: (view, i) => view.getInt8(i),
  i2: (view, i) => view.getInt16(2 * i, true),
  i4: (view, i) => view.getInt32(4 * i, true),
  i8: (view, i) => Number(view.getBigInt64(8 * i, true)),
  f2: (view, i) => halfValue(view.getUint16(2 * i, true)),
  f4: (view, i) => view.getFloat32(4 * i, true),
  f8: (view, i) => view.getFloat64(8 * i, true),
};
