import type { ImageRange } from './imageRange.ts';

/**
 * Where codes come from: a live encoder that draws the images and encodes them, or a table of a whole grid. Measures
 * that choose their images themselves ask it for the images they want.
 */
export interface CodeSource extends ImageRange {
  /** Numbers in one code. */
  readonly latents: number;
  /** Posterior means of the images that rows name, [count, choices]. Resolves with [count, latents]. */
  means(rows: Int32Array): Promise<Float32Array>;
}

export interface Posteriors {
  /** Posterior means, [count, latents]. */
  readonly mean: Float32Array;
  /** Log variances of the posterior, [count, latents]; null where a code is a mean alone. */
  readonly logVariance: Float32Array | null;
}

/** A source that knows how sure the encoder is, too. */
export interface PosteriorSource extends CodeSource {
  /** Posteriors of the images that rows name, [count, choices]. */
  posteriors(rows: Int32Array): Promise<Posteriors>;
}

/** Images that one request asks for, about: a live encoder is slow to answer, however few they are. */
const imagesAtOnce = 1024;

/** How many sets of `images` images make one request. */
export function setsAtOnce(images: number): number {
  return Math.max(1, Math.floor(imagesAtOnce / images));
}

/** Means of several sets of images, [count, latents] each, in one request. */
export async function meansOfEach(source: CodeSource, sets: readonly Int32Array[]): Promise<Float32Array[]> {
  const { latents, choices } = source;
  const all = new Int32Array(sets.reduce((sum, set) => sum + set.length, 0));
  let at = 0;
  for (const set of sets) {
    all.set(set, at);
    at += set.length;
  }
  const codes = await source.means(all);
  at = 0;
  return sets.map((set) => {
    const length = (set.length / choices.length) * latents;
    at += length;
    return codes.subarray(at - length, at);
  });
}
