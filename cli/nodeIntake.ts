import { open, readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import type { InputFile } from '../src/intake/input.ts';
import type { Machine } from '../src/intake/openSource.ts';
import { PictureDecoder, type PictureKind } from '../src/intake/pictures.ts';
import { fileError } from './inputFile.ts';

/** The decoders' modules, where npm put them. */
const modules: Readonly<Record<PictureKind, string>> = {
  png: '@jsquash/png/codec/pkg/squoosh_png_bg.wasm',
  jpg: '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  webp: '@jsquash/webp/codec/dec/webp_dec.wasm',
};

const require = createRequire(import.meta.url);

/** A file on the disk. It is opened for each reading: a folder may have more than a process may have open. */
class DiskFile implements InputFile {
  readonly path: string;
  readonly size: number;
  readonly place: string;

  constructor(place: string, path: string, size: number) {
    this.place = place;
    this.path = path;
    this.size = size;
  }

  async read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(to - from);
    try {
      const handle = await open(this.place);
      try {
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, from + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      } finally {
        await handle.close();
      }
    } catch (cause) {
      throw fileError(this.place, cause);
    }
  }
}

/** A file, or all files of a folder and of those in it. @throws AppError FileError */
export async function inputFiles(path: string): Promise<InputFile[]> {
  try {
    const given = await stat(path);
    if (!given.isDirectory()) return [new DiskFile(path, basename(path), given.size)];
    const root = basename(resolve(path));
    const files: InputFile[] = [];
    for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
      const place = join(entry.parentPath, entry.name);
      if (!entry.isFile()) continue;
      const inside = place.slice(join(path, '/').length).replaceAll('\\', '/');
      files.push(new DiskFile(place, `${root}/${inside}`, (await stat(place)).size));
    }
    return files;
  } catch (cause) {
    throw fileError(path, cause);
  }
}

export const nodeMachine: Machine = {
  decoder: new PictureDecoder(async (kind) =>
    WebAssembly.compile(await readFile(require.resolve(modules[kind]))),
  ),
  async openH5(file) {
    if (!(file instanceof DiskFile)) throw new TypeError('only files on the disk are opened here');
    const { File, ready } = await import('h5wasm/node');
    await ready;
    return new File(file.place, 'r');
  },
};
