import { multiplyHigh, randomBits, type Stream } from './philox.ts';

/** A whole number in [0, n) from 32 random bits: the high word of bits * n, exact on every machine. */
export function boundedFromBits(bits: number, n: number): number {
  return multiplyHigh(bits, n);
}

/** `count` reals in [0, 1) with 24 random bits each, all exact in float32. */
export function uniforms(seed: number, stream: Stream, step: number, count: number): Float32Array {
  const bits = randomBits(seed, stream, step, count);
  // A loop: `Float32Array.from` takes ten times as long, and a run of the paper begins with millions.
  const reals = new Float32Array(count);
  for (let i = 0; i < count; i++) reals[i] = (bits[i] >>> 8) / 0x1000000;
  return reals;
}

/**
 * `count` standard normals by Box and Muller's transform. Words 2p and 2p + 1 make numbers 2p (cosine) and 2p + 1
 * (sine); the radius' uniform lies in (0, 1], so the logarithm is finite.
 */
export function normals(seed: number, stream: Stream, step: number, count: number): Float32Array {
  const bits = randomBits(seed, stream, step, count + (count % 2));
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const pair = i - (i % 2);
    const radius = Math.sqrt(-2 * Math.log(((bits[pair] >>> 8) + 1) / 0x1000000));
    const angle = (2 * Math.PI * (bits[pair + 1] >>> 8)) / 0x1000000;
    out[i] = radius * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
  }
  return out;
}

/**
 * `count` inputs of a generator, [codes, categories, noise] each: reals in [-1, 1) and one category as one-hot,
 * each as likely. Number i of sample s is made from word s * length + i; the category from the word of its first
 * number.
 */
export function generatorInputs(
  seed: number,
  stream: Stream,
  step: number,
  count: number,
  {
    codes,
    categories,
    noise,
  }: { readonly codes: number; readonly categories: number; readonly noise: number },
): Float32Array {
  const length = codes + categories + noise;
  const bits = randomBits(seed, stream, step, count * length);
  const inputs = new Float32Array(count * length);
  for (let at = 0; at < inputs.length; at++) {
    const place = at % length;
    if (place < codes || place >= codes + categories) inputs[at] = (bits[at] >>> 8) / 0x800000 - 1;
    else if (place === codes) inputs[at + boundedFromBits(bits[at], categories)] = 1;
  }
  return inputs;
}

/**
 * One independent random permutation of 0..length-1 a row, [rows, length] (Algorithm 1 of the paper draws one for each
 * latent). A row sorts its random keys, ties by position, which a GPU does without any order of execution.
 */
export function permutations(
  seed: number,
  stream: Stream,
  step: number,
  rows: number,
  length: number,
): Int32Array {
  const keys = randomBits(seed, stream, step, rows * length);
  const out = new Int32Array(rows * length);
  const order = new Int32Array(length);
  for (let row = 0; row < rows; row++) {
    const start = row * length;
    for (let i = 0; i < length; i++) order[i] = i;
    order.sort((a, b) => keys[start + a] - keys[start + b] || a - b);
    out.set(order, start);
  }
  return out;
}
