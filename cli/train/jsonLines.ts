import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ownWords } from '../told.ts';
import { codeOf, DamagedFileError } from './failures.ts';
import { appendFile, truncateFile } from './files.ts';

/** A line of a file of JSON lines. */
export interface JsonLine {
  /** Counted from 1. */
  readonly number: number;
  /** Undefined for what is not JSON in UTF-8. */
  readonly value: unknown;
  /** Where it ends in the file, its line end included, in bytes. */
  readonly end: number;
  /** Whether a line end follows: without one, what wrote it may not have finished. */
  readonly finished: boolean;
}

/** The part of a file of lines that is kept. */
export interface KeptLines {
  readonly path: string;
  readonly bytes: number;
  /** Whether the last line lacks its line end. */
  readonly open: boolean;
}

const newline = 0x0a;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The lines of a file as its bytes are: a byte-order mark and CRLF do not matter, and nothing is skipped but an empty
 * last line. A file that is not there has none.
 * @throws DamagedFileError where it cannot be read.
 */
export async function* readJsonLines(path: string): AsyncGenerator<JsonLine> {
  let held: Buffer[] = [];
  let end = 0;
  let number = 0;
  const lineOf = (bytes: Buffer, finished: boolean): JsonLine => ({
    number: ++number,
    value: parsed(bytes),
    end,
    finished,
  });
  const input: AsyncIterable<Buffer> = createReadStream(path);
  try {
    for await (const chunk of input) {
      let from = 0;
      for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
        const bytes = Buffer.concat([...held, chunk.subarray(from, at)]);
        held = [];
        from = at + 1;
        end += bytes.length + 1;
        yield lineOf(bytes, true);
      }
      if (from < chunk.length) held.push(chunk.subarray(from));
    }
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return;
    throw new DamagedFileError('FileReadError', { path, words: ownWords(cause) }, { cause });
  }
  const rest = Buffer.concat(held);
  end += rest.length;
  if (rest.length > 0) yield lineOf(rest, false);
}

/** Undefined for what is not JSON. The decoder takes a byte-order mark away, JSON.parse the CR of a CRLF. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}

/** Cuts off what follows the kept lines, so that others can be appended. */
export async function cutLines({ path, bytes, open }: KeptLines): Promise<void> {
  const size = await stat(path).then(
    (facts) => facts.size,
    () => 0,
  );
  if (size > bytes) await truncateFile(path, bytes);
  if (open) await appendFile(path, '\n');
}
