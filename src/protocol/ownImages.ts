import type { Picture } from '../model/pictures.ts';
import type { Part } from '../report.ts';
import type { OwnData } from '../settings/ownData.ts';

/** Height and width that own images may be brought to, in pixels. */
export const ownSizes = [16, 32, 64] as const;

/** A file that a person gave, with its path from the folder that was given. */
export interface GivenFile {
  readonly file: File;
  readonly path: string;
}

/** How images are to be made alike. */
export interface FitChoice {
  readonly size: (typeof ownSizes)[number];
  readonly channels: 1 | 3;
}

/** What files hold, before it is taken. */
export interface Look {
  /** The file's or the folder's. */
  readonly name: string;
  readonly count: number;
  /** Of the first image that can be read; null where none of the first can. */
  readonly first: { readonly width: number; readonly height: number; readonly colour: boolean } | null;
  /** What is said of each image. */
  readonly columns: readonly string[];
  readonly notes: readonly Part[];
}

/** A set that this browser keeps. */
export interface KeptSet extends FitChoice {
  readonly data: OwnData;
  /** Of its file. */
  readonly bytes: number;
  /** Names of what is known of each image. */
  readonly factors: readonly string[];
}

/** What the page asks of the Worker that reads and keeps a person's own images. Nothing of it leaves the machine. */
export interface OwnImagesCommands {
  look: { params: { readonly files: readonly GivenFile[] }; result: Look };
  /** The first images of the files that were looked at last, as they would be taken. */
  preview: { params: FitChoice; result: readonly Picture[] };
  /** Reads all of them and keeps them under their hash; events tell how far it is. To end it, end the Worker. */
  take: {
    params: FitChoice & { readonly name: string; readonly seed: number };
    result: { readonly set: KeptSet; readonly notes: readonly Part[] };
  };
  list: { params: Record<string, never>; result: readonly KeptSet[] };
  rename: { params: { readonly hash: string; readonly name: string }; result: null };
  remove: { params: { readonly hash: string }; result: null };
}

/** How far the set is, while it is made. */
export type OwnImagesEvent =
  /** How much of the images is read, from 0 to 1. */
  | { readonly kind: 'taking'; readonly part: number }
  /** All are read, and the set is being written. */
  | { readonly kind: 'keeping' };
