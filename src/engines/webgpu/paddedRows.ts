import { type Slot, sampleLength } from '../../plan/slots.ts';
import { paddedSample } from './planMemory.ts';

/** Samples as a slot holds them: every row of channels followed by zeros. */
export function padRows<Numbers extends Float32Array | Int32Array>(
  slot: Slot,
  numbers: Numbers,
): Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
  const [width, full] = widths(slot);
  const rows = numbers.length / width;
  const padded =
    numbers instanceof Float32Array ? new Float32Array(rows * full) : new Int32Array(rows * full);
  if (width === full) padded.set(numbers);
  else
    for (let row = 0; row < rows; row++)
      padded.set(numbers.subarray(row * width, (row + 1) * width), row * full);
  return padded;
}

/** `length` numbers of a slot without what was added to its rows. */
export function unpadRows(slot: Slot, padded: Float32Array, length: number): Float32Array {
  const [width, full] = widths(slot);
  if (width === full) return padded;
  const numbers = new Float32Array(length);
  for (let row = 0; row * width < length; row++)
    numbers.set(padded.subarray(row * full, row * full + width), row * width);
  return numbers;
}

/** Channels of a row, as they are and as they lie. */
function widths(slot: Slot): readonly [number, number] {
  const width = slot.dims[slot.dims.length - 1];
  return [width, (paddedSample(slot) / sampleLength(slot)) * width];
}
