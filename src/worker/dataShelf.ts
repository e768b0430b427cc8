import { z } from 'zod';
import type { DataShelf } from '../data/own/opened.ts';
import { hashOf, ownImages, type StoredImages, writeStoredImages } from '../files/storedImages.ts';
import type { KeptSet } from '../protocol/ownImages.ts';
import { dataName, type OwnData, ownDataSchema } from '../settings/ownData.ts';

/**
 * A person's own images in the browser's private files: of each set its file, named by its hash, and beside it a small one
 * that says what it is called. What storage throws rejects under its own name.
 */

const folderName = 'images';
const imagesFile = (hash: string) => `${hash}.safetensors`;
const noteFile = (hash: string) => `${hash}.json`;
const noteEnding = /\.json$/;

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
    const file = await fileIfAny(imagesFile(hash));
    return file && ownImages(new Uint8Array(await file.arrayBuffer()), hash);
  },
};

/** Keeps a set; resolves with what the list says of it. */
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
  await write(imagesFile(hash), bytes);
  await writeNote(set);
  return set;
}

/** All sets, by their names. A note that cannot be read is left out: its files may be of a later release. */
export async function keptSets(): Promise<KeptSet[]> {
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
  const all = await folder();
  await all.removeEntry(noteFile(hash));
  await all.removeEntry(imagesFile(hash));
}

async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(folderName, { create: true });
}

async function fileIfAny(name: string): Promise<File | null> {
  try {
    return await (await (await folder()).getFileHandle(name)).getFile();
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
    access.write(bytes, { at: 0 });
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
