import type { Part } from '../report.ts';
import type { Stream } from './random/philox.ts';

/** Words of randomness an image takes: two blocks of the generator, of which it uses one word a factor. */
export const wordsPerImage = 8;

/** One of the true factors that images are made from. Its values are whole numbers; one that has one does not vary. */
export interface Factor {
  readonly name: string;
  /** What a person is told of it. */
  readonly label: Part;
  /** What each of its values is called, in their order. */
  readonly values: readonly Part[];
  /** What each of its values looks like, as #rrggbb, where they are colours. */
  readonly colours?: readonly string[];
}

/** Images that are not one of each combination of their factors. */
export interface Labelled {
  readonly factors: readonly Factor[];
  /** The value of each factor of each image, [count, factors]. */
  readonly labels: Uint16Array;
}

/** The images of a data set, [height, width, channels] each, in [0, 1]. */
export interface Images {
  /** By whose values images are named; null where they go by number. */
  readonly factors: readonly Factor[] | null;
  /** What is known of images that go by number all the same; null where nothing is. */
  readonly labelled: Labelled | null;
  /** How many different images there are. */
  readonly count: number;
  /** Height and width. */
  readonly size: number;
  readonly channels: number;
  /** Numbers in one image. */
  readonly imageLength: number;
  /** Draws one image into `out[at ...]`: by the value of each factor or, where these are not known, by its number. */
  draw(which: readonly number[], out: Float32Array, at?: number): void;
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
  readonly wasm: WasmDrawing;
}

/** A drawing of the WebAssembly module (`src/data/NAME/drawing.assembly.ts`), and what it reads. */
export interface WasmDrawing {
  readonly name: string;
  readonly tables: Int32Array;
}

/** Every image of the set. Image i of a batch is number (word 8 i of the stream) * count / 2^32. */
export interface TableDrawing {
  readonly kind: 'table';
  readonly count: number;
  /** Of a number: 8, where 255 is 1, or 1, the first number of a byte in its highest bit. */
  readonly bits: 1 | 8;
  /** [count, height, width, channels]; an image begins with a byte. */
  readonly pixels: Uint8Array<ArrayBuffer>;
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
  /** Statements done for each column. */
  readonly pixel: string;
  /** Then, for each channel, an expression of its value: f32. */
  channel(channel: number): string;
}

/** The factors that images are told apart by, however they are named; null where nobody knows them. */
export function knownFactors({
  factors,
  labelled,
}: Pick<Images, 'factors' | 'labelled'>): readonly Factor[] | null {
  return factors ?? labelled?.factors ?? null;
}

/** Values of each factor; none where nobody knows them. */
export function factorSizes(factors: readonly Factor[] | null): readonly number[] {
  return factors?.map(({ values }) => values.length) ?? [];
}

/** How many there are to choose from of each number that names an image: factors' values or, where unknown, images. */
export function choicesOf(factors: readonly Factor[] | null, count: number): readonly number[] {
  return factors ? factorSizes(factors) : [count];
}
