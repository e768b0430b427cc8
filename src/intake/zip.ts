import { configure, type Entry, type FileEntry, Reader, ZipReader } from '@zip.js/zip.js';
import { AppError } from '../errors.ts';
import type { InputFile } from './input.ts';

// The one who reads is a Worker already, or Node.
configure({ useWebWorkers: false });

class InputReader extends Reader<InputFile> {
  readonly #file: InputFile;

  constructor(file: InputFile) {
    super(file);
    this.#file = file;
    this.size = file.size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return this.#file.read(index, Math.min(this.#file.size, index + length));
  }
}

/** A file in a zip. */
export interface ZipMember {
  readonly path: string;
  /** Its bytes, as long as whoever reads wants them: what a zip says of sizes need not be true. */
  pieces(): AsyncIterable<Uint8Array>;
}

const isFile = (entry: Entry): entry is FileEntry => !entry.directory;

/** The files of a zip, by its central directory. @throws AppError ZipError where it is cut or no zip. */
export async function zipMembers(file: InputFile): Promise<ZipMember[]> {
  const reader = new ZipReader(new InputReader(file));
  try {
    const entries = await reader.getEntries();
    return entries
      .filter(isFile)
      .map((entry) => ({ path: entry.filename, pieces: () => piecesOfEntry(entry) }));
  } catch (cause) {
    throw new AppError('ZipError.unreadable', { name: file.path }, { cause });
  }
}

async function* piecesOfEntry(entry: FileEntry): AsyncGenerator<Uint8Array> {
  if (entry.encrypted) throw new AppError('ZipError.encrypted', { name: entry.filename });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const reader = readable.getReader();
  const stop = new AbortController();
  const written = entry.getData(writable, { signal: stop.signal, checkSignature: true });
  // Whether the stream learns of a failure depends on where it happens. No promise outlives a piece that it was
  // raced with: it would hold on to all of them.
  written.catch(() => reader.cancel().catch(() => undefined));
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await written;
  } catch (cause) {
    throw new AppError('ZipError.damaged', { name: entry.filename }, { cause });
  } finally {
    stop.abort();
    await reader.cancel().catch(() => undefined);
  }
}

/** All bytes of a file in a zip. @throws AppError ZipError.large beyond `most` bytes. */
export async function wholeMember(member: ZipMember, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of member.pieces()) {
    length += piece.length;
    if (length > most) throw new AppError('ZipError.large', { name: member.path, most });
    pieces.push(piece);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
