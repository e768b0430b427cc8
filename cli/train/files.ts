import { readFile, rename, writeFile } from 'node:fs/promises';

/** Writes a file so that whatever happens, the old or the new one is there, whole. */
export async function replaceFile(path: string, contents: string | Uint8Array): Promise<void> {
  const fresh = `${path}.new`;
  await writeFile(fresh, contents);
  await rename(fresh, path);
}

/** A file's bytes, or null where there is none. */
export async function readIfAny(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}

/** The code that Node gives its errors. */
export function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
}
