/** Types of numbers, as numpy writes them: bytes, and little-endian int64 and float64. */
export type NpyType = '|u1' | '<i8' | '<f8';

/** What stands before the numbers of an .npy file. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
export function npyHeader(type: NpyType, shape: readonly number[]): Uint8Array {
  const start = 10;
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // The numbers begin at a multiple of 64 bytes.
  const length = Math.ceil((start + text.length + 1) / 64) * 64;
  const header = new Uint8Array(length).fill(0x20);
  header.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  new DataView(header.buffer).setUint16(8, length - start, true);
  header.set(new TextEncoder().encode(text), start);
  header[length - 1] = 0x0a;
  return header;
}
