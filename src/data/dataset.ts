import type { Stream } from './philox.ts';

/** Words of randomness an image takes: two blocks of the generator, of which it uses one word a factor. */
export const wordsPerImage = 8;

/** The images of a data set, [height, width, channels] each, in [0, 1]. */
export interface Images {
  /** Height and width. */
  readonly size: number;
  readonly channels: number;
  /** Numbers in one image. */
  readonly imageLength: number;
  /** How a device draws the same images. */
  readonly drawing: Drawing;
  /** A random batch into `out`, [count, height, width, channels]: a function of (seed, stream, step) alone. */
  drawBatch(seed: number, stream: Stream, step: number, count: number, out: Float32Array): void;
}

/** Images made from integers by integer arithmetic, or looked up in a table of all that there are. */
export type Drawing = ComputedDrawing | TableDrawing;

export interface ComputedDrawing {
  readonly kind: 'computed';
  /** What the code reads as `tables`. */
  readonly tables: Int32Array<ArrayBuffer>;
  readonly wgsl: WgslDrawing;
}

/** Every image of the set, as bytes: 255 is 1. Image i of a batch is number (word 8 i of the stream) * count / 2^32. */
export interface TableDrawing {
  readonly kind: 'table';
  readonly count: number;
  /** [count, height, width, channels] */
  readonly pixels: Uint8Array;
}

/**
 * WGSL that draws one line of an image. It may use `tables: array<i32>`, `multiplyHigh(u32, u32)`, `size` pixels a side,
 * and, in its statements, `row`, `column`, and the image's words of randomness `words0` and `words1`, a vec4u each.
 */
export interface WgslDrawing {
  /** Declarations outside functions. */
  readonly module: string;
  /** Statements done once a line. */
  readonly line: string;
  /** Statements done for each column, that set `value`: f32, the grey of all channels. */
  readonly pixel: string;
}
