import { join } from 'node:path';
import type { DataShelf } from '../../src/data/own/opened.ts';
import { hashOf, ownImages } from '../../src/files/storedImages.ts';
import { makeDirectory, readIfAny, replaceFile } from './files.ts';

/** A person's own images, each set in a file of its name beside the runs that train on it. */
export class DataFolder implements DataShelf {
  readonly path: string;

  /** `out`: the directory of a run alone, or of a sweep. */
  constructor(out: string) {
    this.path = join(out, 'data');
  }

  async open(hash: string) {
    const bytes = await readIfAny(this.#file(hash));
    // Node's own arrays say nothing of where they lie; a copy may be hundreds of megabytes.
    const { buffer, byteOffset, byteLength } = bytes ?? new Uint8Array();
    if (!bytes || !(buffer instanceof ArrayBuffer)) return null;
    return ownImages(new Uint8Array(buffer, byteOffset, byteLength), this.#file(hash));
  }

  /** Resolves with the hash of the file's bytes, which is its name. @throws AppError WriteError */
  async put(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const hash = await hashOf(bytes);
    await makeDirectory(this.path);
    await replaceFile(this.#file(hash), bytes);
    return hash;
  }

  #file(hash: string): string {
    return join(this.path, `${hash}.safetensors`);
  }
}
