import decodeJpeg, { init as initJpeg } from '@jsquash/jpeg/decode.js';
import { decode as decodePng, init as initPng } from '@jsquash/png/decode.js';
import decodeWebp, { init as initWebp } from '@jsquash/webp/decode.js';
import { imageSize } from 'image-size';
import { AppError } from '../errors.ts';
import type { RawImage } from './imageSource.ts';

/** Kinds of pictures that are read. */
export const pictureKinds = ['png', 'jpg', 'webp'] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** The module of a decoder, compiled. */
export type LoadDecoder = (kind: PictureKind) => Promise<WebAssembly.Module>;

/** A picture's pixels are in memory whole: 256 MB at most. */
export const mostPixels = 2 ** 26;
/** Bytes of a picture's file. */
export const mostFileBytes = 2 ** 26;

const isKind = (kind: string | undefined): kind is PictureKind =>
  pictureKinds.some((known) => known === kind);

/**
 * Decodes pictures by the same code in WebAssembly everywhere: browsers' own decoders differ in the last bits of JPEG, and in
 * what they do with colour profiles and alpha. Profiles are not applied; JPEG is turned as its Exif data says; of 16 bits the
 * upper 8 are kept.
 */
export class PictureDecoder {
  readonly #load: LoadDecoder;
  readonly #ready = new Map<PictureKind, Promise<unknown>>();
  /** Whether the decoder of JPEG said that data are missing, which it draws as grey. */
  #isCut = false;

  constructor(load: LoadDecoder) {
    this.#load = load;
  }

  /**
   * One picture at a time.
   * @throws AppError PictureError where the bytes are no picture that is read here, or too large or a damaged one
   */
  async decode(bytes: Uint8Array<ArrayBuffer>): Promise<RawImage> {
    const kind = this.#check(bytes);
    await this.#prepare(kind);
    this.#isCut = false;
    let decoded: Decoded;
    try {
      decoded = await decoders[kind](bytes);
    } catch (cause) {
      // What failed may have left its module in any state.
      this.#ready.delete(kind);
      throw new AppError('PictureError.damaged', {}, { cause });
    }
    if (this.#isCut) throw new AppError('PictureError.damaged');
    const { width, height, data } = decoded;
    return { width, height, channels: 4, pixels: data };
  }

  #check(bytes: Uint8Array): PictureKind {
    let found: ReturnType<typeof imageSize>;
    try {
      found = imageSize(bytes);
    } catch (cause) {
      throw new AppError('PictureError.none', {}, { cause });
    }
    const { type, width, height } = found;
    if (!isKind(type)) throw new AppError('PictureError.kind', { kind: type ?? '?' });
    if (!(width * height <= mostPixels)) throw new AppError('PictureError.large', { width, height });
    return type;
  }

  async #prepare(kind: PictureKind): Promise<void> {
    const ready =
      this.#ready.get(kind) ??
      this.#load(kind).then((module) => initialise[kind](module, (said) => this.#listen(said)));
    this.#ready.set(kind, ready);
    try {
      await ready;
    } catch (cause) {
      // What could not be fetched is fetched again for the next picture.
      this.#ready.delete(kind);
      throw cause;
    }
  }

  /** libjpeg's "Premature end of JPEG file" and "Corrupt JPEG data: premature end of data segment". */
  #listen(said: string): void {
    if (/premature end/i.test(said)) this.#isCut = true;
  }
}

interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray | Uint8Array;
}

const decoders: Readonly<Record<PictureKind, (bytes: Uint8Array<ArrayBuffer>) => Promise<Decoded>>> = {
  png: (bytes) => decodePng(wholeBuffer(bytes)),
  jpg: (bytes) => decodeJpeg(wholeBuffer(bytes), { preserveOrientation: true }),
  webp: (bytes) => decodeWebp(wholeBuffer(bytes)),
};

type Listen = (said: string) => void;

const initialise: Readonly<
  Record<PictureKind, (module: WebAssembly.Module, listen: Listen) => Promise<unknown>>
> = {
  png: (module) => initPng(module),
  jpg: (module, listen) => initJpeg(emscriptenOptions(module, listen)),
  webp: (module, listen) => initWebp(emscriptenOptions(module, listen)),
};

/** How an Emscripten module is told to take what was compiled, and to whom it says what is wrong with a picture. */
function emscriptenOptions(module: WebAssembly.Module, listen: Listen) {
  return {
    printErr: listen,
    instantiateWasm(imports: WebAssembly.Imports, callback: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      callback(instance);
      return instance.exports;
    },
  };
}

function wholeBuffer(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  const isWhole = bytes.byteLength === bytes.buffer.byteLength;
  return isWhole ? bytes.buffer : bytes.slice().buffer;
}
