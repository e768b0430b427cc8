import jpegUrl from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?url';
import pngUrl from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm?url';
import webpUrl from '@jsquash/webp/codec/dec/webp_dec.wasm?url';
import { AppError } from '../errors.ts';
import { BlobInput } from '../intake/input.ts';
import { PictureDecoder, type PictureKind } from '../intake/pictures.ts';
import type { OwnImagesCommands, OwnImagesEvent } from '../protocol/ownImages.ts';
import { serve } from '../protocol/server.ts';
import { keptSets, removeSet, renameSet } from './dataShelf.ts';
import { OwnImagesReader } from './ownImages.ts';

const modules: Readonly<Record<PictureKind, string>> = { png: pngUrl, jpg: jpegUrl, webp: webpUrl };

/** Files that h5wasm was given: each has a folder of its own. */
let mounts = 0;

// A Worker of its own: training goes on while images are read, and it can be ended at any time.
const reader = new OwnImagesReader({
  decoder: new PictureDecoder(async (kind) => {
    const answer = await fetch(modules[kind]);
    if (!answer.ok) throw new AppError('NotLoadedError');
    return WebAssembly.compile(await answer.arrayBuffer());
  }),
  async openH5(input) {
    if (!(input instanceof BlobInput)) throw new TypeError('only files of the browser are opened here');
    const { File, ready } = await import('h5wasm');
    const { FS } = await ready;
    // Its parts are read where they lie: the file may be larger than memory.
    const folder = `/given${mounts++}`;
    FS.mkdir(folder);
    FS.mount(FS.filesystems.WORKERFS, { files: [input.file] }, folder);
    return new File(`${folder}/${input.file.name}`, 'r');
  },
});

const emit = serve<OwnImagesCommands, OwnImagesEvent>(self, {
  look: ({ files }) => reader.look(files),
  preview: (fit) => reader.preview(fit),
  take: (params) => reader.take(params, (event) => emit(event)),
  list: () => keptSets(),
  rename: async ({ hash, name }) => {
    await renameSet(hash, name);
    return null;
  },
  remove: async ({ hash }) => {
    await removeSet(hash);
    return null;
  },
});
