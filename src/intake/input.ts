import { AppError } from '../errors.ts';

/** A file that a person gave, wherever it lies. */
export interface InputFile {
  /** Its path from the folder that was given, with slashes; its name where it was given by itself. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Its bytes from the first up to, not including, the last. @throws AppError where it cannot be read */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** A file as a browser has it; its folder's path comes first where it came in a folder. */
export class BlobInput implements InputFile {
  readonly path: string;
  readonly file: File;

  constructor(file: File, path: string) {
    this.file = file;
    this.path = path;
  }

  get size(): number {
    return this.file.size;
  }

  async read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return new Uint8Array(await this.file.slice(from, to).arrayBuffer());
    } catch (cause) {
      // Out of memory is told by its own name.
      if (!(cause instanceof DOMException)) throw cause;
      throw new AppError('IntakeError.file', { name: this.path }, { cause });
    }
  }
}

/** Bytes read of a file at once. */
const pieceBytes = 2 ** 20;

/** A file's bytes from `from` on, in pieces. */
export async function* piecesOf(file: InputFile, from = 0, to = file.size): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += pieceBytes) yield await file.read(at, Math.min(to, at + pieceBytes));
}
