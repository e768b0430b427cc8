import { z } from 'zod';
import type { DataShelf } from '../data/own/opened.ts';
import { AppError } from '../errors.ts';
import { hashOf, ownImages, type StoredImages, writeStoredImages } from '../files/storedImages.ts';
import type { KeptSet } from '../protocol/ownImages.ts';
import { dataName, type OwnData, ownDataSchema } from '../settings/ownData.ts';

/**
 * A person's own images in the browser's private files: of each set its file, named by its hash, and beside it a note, which
 * says what it is called. The note is written last, so a set without one is not whole: a Worker may be ended at any time.
 * What storage throws rejects under its own name.
 */

const folderName = 'images';
const imagesFile = (hash: string) => `${hash}.safetensors`;
const noteFile = (hash: string) => `${hash}.json`;
const noteEnding = /\.json$/;
const imagesEnding = /\.safetensors$/;

const keptSchema: z.ZodType<KeptSet> = z.strictObject({
  data: ownDataSchema,
  size: z.literal([16, 32, 64]),
  channels: z.literal([1, 3]),
  bytes: z.number().int().min(1),
  factors: z.array(z.string()),
});

/** The sets that this browser keeps, for a run. */
export const browserShelf: DataShelf = {
  async open(hash) {
    const file = (await fileIfAny(noteFile(hash))) && (await fileIfAny(imagesFile(hash)));
    return file && ownImages(new Uint8Array(await file.arrayBuffer()), hash);
  },
};

/**
 * Keeps a set; resolves with what the list says of it.
 * @throws AppError StorageFullError or OwnDataError.noStorage; then nothing of it is left
 */
export async function keepSet(
  stored: StoredImages,
  { name, seed }: Pick<OwnData, 'name' | 'seed'>,
): Promise<KeptSet> {
  const bytes = writeStoredImages(stored);
  const hash = await hashOf(bytes);
  const { size, channels, factors } = stored.head;
  const set: KeptSet = {
    data: { hash, name, count: stored.count, seed },
    size,
    channels,
    bytes: bytes.length,
    factors: factors?.map((factor) => factor.name) ?? [],
  };
  return navigator.locks.request(folderName, async () => {
    await removeUnfinished();
    // What stands under a hash is the same, and a run may be reading it.
    const isKept = (await fileIfAny(noteFile(hash))) !== null;
    try {
      if (!isKept) await write(imagesFile(hash), bytes);
      await writeNote(set);
    } catch (thrown) {
      if (!isKept) await removeSet(hash);
      throw thrown;
    }
    return set;
  });
}

/**
 * All sets, by their names. A note that cannot be read is left out: its files may be of a later release. What was left of a
 * set that was not written to its end is removed.
 */
export async function keptSets(): Promise<KeptSet[]> {
  // While another tab writes a set, that one is not whole yet.
  await navigator.locks.request(folderName, { ifAvailable: true }, (lock) => lock && removeUnfinished());
  const sets: KeptSet[] = [];
  for await (const name of (await folder()).keys()) {
    const file = noteEnding.test(name) ? await fileIfAny(name) : null;
    const parsed = keptSchema.safeParse(file && jsonOf(await file.text()));
    if (parsed.success) sets.push(parsed.data);
  }
  return sets.sort((a, b) => (a.data.name < b.data.name ? -1 : 1));
}

export async function renameSet(hash: string, name: string): Promise<void> {
  const set = (await keptSets()).find(({ data }) => data.hash === hash);
  if (set) await writeNote({ ...set, data: { ...set.data, name: dataName(name) } });
}

export async function removeSet(hash: string): Promise<void> {
  await removeIfAny(noteFile(hash));
  await removeIfAny(imagesFile(hash));
}

/** Whoever holds the lock of this folder alone writes to it; a Worker that ends lets go of it. */
async function removeUnfinished(): Promise<void> {
  const all = await folder();
  const names: string[] = [];
  for await (const name of all.keys()) names.push(name);
  for (const name of names)
    if (imagesEnding.test(name) && !names.includes(noteFile(name.replace(imagesEnding, ''))))
      await all.removeEntry(name);
}

/** @throws AppError OwnDataError.noStorage where the browser, or a private window, has no files for the page */
async function folder(): Promise<FileSystemDirectoryHandle> {
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle(folderName, { create: true });
  } catch (cause) {
    throw new AppError('OwnDataError.noStorage', {}, { cause });
  }
}

async function fileIfAny(name: string): Promise<File | null> {
  const all = await folder();
  return unlessMissing(async () => (await all.getFileHandle(name)).getFile());
}

async function removeIfAny(name: string): Promise<void> {
  const all = await folder();
  await unlessMissing(() => all.removeEntry(name));
}

/** Null where there is no such file. */
async function unlessMissing<T>(task: () => Promise<T>): Promise<T | null> {
  try {
    return await task();
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return null;
    throw thrown;
  }
}

async function writeNote(set: KeptSet): Promise<void> {
  await write(noteFile(set.data.hash), new TextEncoder().encode(JSON.stringify(set)));
}

/** Every browser that has private files lets a Worker write them so. */
async function write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const file = await (await folder()).getFileHandle(name, { create: true });
  const access = await file.createSyncAccessHandle();
  try {
    access.truncate(0);
    if (access.write(bytes, { at: 0 }) < bytes.length) throw new AppError('StorageFullError');
    access.flush();
  } finally {
    access.close();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
