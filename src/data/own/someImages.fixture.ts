import { randomBits, streams } from '../random/philox.ts';
import { OwnImages } from './images.ts';

/** So many images of noise, of bytes or of single bits. */
export function someImages(size: number, channels: 1 | 3, bits: 1 | 8, count: number): OwnImages {
  const words = randomBits(1, streams.mix, 0, (count * size * size * channels * bits) / 8);
  const pixels = Uint8Array.from(words, (word) => word >>> 24);
  const drawing = { kind: 'table', count, bits, pixels } as const;
  return new OwnImages({ size, channels, drawing, factors: null, labels: new Uint16Array() });
}
