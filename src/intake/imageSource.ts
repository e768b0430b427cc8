import type { Part } from '../report.ts';

/** Images that files may have: more, few or none of them readable, are more than anybody waits for. */
export const mostFound = 2 ** 24;

/** A picture as its file has it: a byte a number, [height, width, channels]. */
export interface RawImage {
  readonly width: number;
  readonly height: number;
  /** Grey, grey with alpha, colour, colour with alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly pixels: Uint8Array | Uint8ClampedArray;
}

/** One of the images of a source, or what is wrong with it. */
export type SourceImage =
  | { readonly number: number; readonly image: RawImage }
  | { readonly number: number; readonly problem: Part; readonly file: string };

/** What is said of every image: texts or numbers. */
export interface Column {
  readonly name: string;
  /** One an image, in their order. */
  readonly values: ArrayLike<string | number>;
}

/** Images of files, one after the other: there may be more than memory has room for. */
export interface ImageSource {
  /** Images, as the files say. */
  readonly count: number;
  readonly columns: readonly Column[];
  /** What was found beside the images and is not used, a sentence each. */
  readonly notes: readonly Part[];
  /** The images whose numbers are wanted, in order. It may be called again, and be left before its end. */
  images(wanted: (number: number) => boolean): AsyncIterable<SourceImage>;
}
