/**
 * Philox4x32-10, the counter-based generator of Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3".
 * A number depends only on (seed, stream, step, index), never on what was drawn before it, so that a GPU thread and
 * this code draw the same bits, and a run can be repeated from any step.
 */

/** What a draw is for; each purpose has its own sequence. */
export const streams = {
  initialisation: 0,
  batch1: 1,
  batch2: 2,
  noise1: 3,
  noise2: 4,
  permutation: 5,
  preview: 6,
  criticInput: 7,
  generatorInput: 8,
  mix: 9,
  generated: 10,
  // Measures: far from the trainers' numbers, so that either list can grow.
  metricSample: 16,
  metricVotes: 17,
  metricHeldOutVotes: 18,
  metricPairs: 19,
  metricHeldOutPairs: 20,
  metricSplit: 21,
  metricNoise: 22,
  metricPosteriors: 23,
  // What a person sees of codes.
  scatterImages: 32,
  scatterNoise: 33,
  scatterShuffle: 34,
  // Which of more images are taken.
  ownImages: 48,
} as const;
export type Stream = (typeof streams)[keyof typeof streams];

const multiplierA = 0xd2511f53;
const multiplierB = 0xcd9e8d57;
const weylA = 0x9e3779b9;
const weylB = 0xbb67ae85;
export const rounds = 10;

/** High 32 bits of the 64-bit product of two unsigned 32-bit integers. */
export function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000)) >>> 0;
}

/** Writes the four words of one block to `out[at..at+3]`: key (seed, stream), counter (block, step, 0, 0). */
export function philoxBlock(
  seed: number,
  stream: number,
  step: number,
  block: number,
  out: Uint32Array,
  at: number,
): void {
  let [c0, c1, c2, c3] = [block >>> 0, step >>> 0, 0, 0];
  let [k0, k1] = [seed >>> 0, stream >>> 0];
  for (let round = 0; round < rounds; round++) {
    const highA = multiplyHigh(multiplierA, c0);
    const lowA = Math.imul(multiplierA, c0);
    const highB = multiplyHigh(multiplierB, c2);
    const lowB = Math.imul(multiplierB, c2);
    c0 = (highB ^ c1 ^ k0) >>> 0;
    c1 = lowB >>> 0;
    c2 = (highA ^ c3 ^ k1) >>> 0;
    c3 = lowA >>> 0;
    k0 = (k0 + weylA) >>> 0;
    k1 = (k1 + weylB) >>> 0;
  }
  out[at] = c0;
  out[at + 1] = c1;
  out[at + 2] = c2;
  out[at + 3] = c3;
}

/** `count` random 32-bit words: word i is word i % 4 of block floor(i / 4). */
export function randomBits(seed: number, stream: Stream, step: number, count: number): Uint32Array {
  const words = new Uint32Array(Math.ceil(count / 4) * 4);
  for (let block = 0; block * 4 < words.length; block++)
    philoxBlock(seed, stream, step, block, words, block * 4);
  return words.subarray(0, count);
}
