import { z } from 'zod';
import { AppError, reported } from '../errors.ts';
import { listed, quoted } from './quoted.ts';
import { faultOfHeaderJson } from './strictJson.ts';

/**
 * The safetensors format: a little-endian uint64 with the header's length, the header (JSON: name -> dtype, shape and
 * byte range; "__metadata__" -> strings), then the tensors' bytes, row-major and without gaps.
 * https://huggingface.co/docs/safetensors
 */

/** The dtypes read and written, each with the typed array that holds it; half floats stay as their bits. */
const arrayTypes = {
  F64: Float64Array,
  F32: Float32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;
export type SafeDtype = keyof typeof arrayTypes;

/** A tensor of any of the dtypes: `dtype` tells what `data` is. */
export type SafeTensor = {
  readonly [D in SafeDtype]: {
    readonly dtype: D;
    /** Row-major; [] is a single number. */
    readonly shape: readonly number[];
    readonly data: InstanceType<(typeof arrayTypes)[D]>;
  };
}[SafeDtype];

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, SafeTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const lengthBytes = 8;
/** As in the reference implementation: a longer header is a damaged file. */
const longestHeader = 100_000_000;
const metadataKey = '__metadata__';

const whole = z.number().int().nonnegative();
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(whole),
  data_offsets: z.tuple([whole, whole]),
});
const fields = ['dtype', 'shape', 'data_offsets'] as const;
type Field = (typeof fields)[number];

/** What the header says of a tensor, once it is known to fit. */
export interface Entry {
  readonly name: string;
  readonly dtype: SafeDtype;
  readonly shape: readonly number[];
  /** Its bytes in the data, from the first up to, not including, the last. */
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a whole file, as strictly as the format is described; the tensors are copies, aligned for their type. Nothing is
 * copied before the header is known to be sound, so no file takes more memory than about twice its size.
 * @throws AppError SafetensorsTruncatedError, SafetensorsHeaderError, SafetensorsDtypeError, SafetensorsRangeError or
 * SafetensorsMemoryError.
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { header, dataStart } = readHeader(bytes, bytes.length);
  const data = bytes.subarray(dataStart);
  const metadata = readMetadata(header.get(metadataKey) ?? {});
  const entries = entriesOf(header, data.length);
  return { tensors: new Map(entries.map((entry) => [entry.name, readTensor(entry, data)])), metadata };
}

/**
 * Where the tensors of a file of so many bytes lie, for whoever does not want all of it in memory; read as strictly.
 * @param read bytes from the first up to, not including, the last
 * @throws as `readSafetensors`
 */
export async function readLayout(
  length: number,
  read: (from: number, to: number) => Promise<Uint8Array>,
): Promise<
  { readonly entries: readonly Entry[]; readonly dataStart: number } & Pick<SafetensorsFile, 'metadata'>
> {
  const end = headerEnd(await read(0, Math.min(length, lengthBytes)), length);
  const { header, dataStart } = readHeader(await read(0, end), length);
  const metadata = readMetadata(header.get(metadataKey) ?? {});
  return { entries: entriesOf(header, length - dataStart), metadata, dataStart };
}

function entriesOf(header: ReadonlyMap<string, unknown>, dataLength: number): Entry[] {
  const entries = [...header].flatMap(([name, value]) =>
    name === metadataKey ? [] : [readEntry(name, value, dataLength)],
  );
  checkCovered(entries, dataLength);
  return entries;
}

/**
 * Writes a whole file. Wider numbers come first in it, so that every tensor is aligned; names keep their order.
 * @throws AppError SafetensorsRangeError where a shape does not fit its data, SafetensorsHeaderError for a reserved name.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, SafeTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  if (tensors.has(metadataKey)) throw new AppError('SafetensorsHeaderError.reserved', { name: metadataKey });
  const offsets = new Map<string, number>();
  let length = 0;
  for (const [name, { data, shape }] of [...tensors].sort(([, a], [, b]) => itemSize(b) - itemSize(a))) {
    if (data.length !== numbersIn(shape))
      throw new AppError('SafetensorsRangeError.numbers', {
        name: quoted(name),
        numbers: data.length,
        shape: listed(shape),
      });
    offsets.set(name, length);
    length += data.byteLength;
  }

  const entries = [...tensors].map(([name, { dtype, shape, data }]) => {
    const start = offsets.get(name) ?? 0;
    return [name, { dtype, shape, data_offsets: [start, start + data.byteLength] }] as const;
  });
  const hasMetadata = Object.keys(metadata).length > 0;
  const json = JSON.stringify({
    ...(hasMetadata ? { [metadataKey]: metadata } : {}),
    ...Object.fromEntries(entries),
  });
  const text = new TextEncoder().encode(json);
  const headerLength = Math.ceil(text.length / 8) * 8;
  const dataStart = lengthBytes + headerLength;

  const file = new Uint8Array(dataStart + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(0x20, lengthBytes, dataStart);
  file.set(text, lengthBytes);
  for (const [name, { data }] of tensors) {
    const source = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    file.set(source, dataStart + (offsets.get(name) ?? 0));
  }
  return file;
}

/** `bytes`: the file up to the header's end at least. `length`: bytes of the whole. */
function readHeader(bytes: Uint8Array, length: number): { header: Map<string, unknown>; dataStart: number } {
  const dataStart = headerEnd(bytes, length);
  return { header: parseHeader(bytes.subarray(lengthBytes, dataStart)), dataStart };
}

/** Where the header of a file of so many bytes ends, by its first bytes. */
function headerEnd(bytes: Uint8Array, length: number): number {
  if (length < lengthBytes)
    throw new AppError('SafetensorsTruncatedError.length', { bytes: length, needed: lengthBytes });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const said = view.getBigUint64(0, true);
  if (said > longestHeader)
    throw new AppError('SafetensorsHeaderError.tooLong', {
      bytes: String(said),
      most: String(longestHeader),
    });
  const end = lengthBytes + Number(said);
  if (end > length)
    throw new AppError('SafetensorsTruncatedError.header', {
      needed: Number(said),
      bytes: length - lengthBytes,
    });
  return end;
}

function parseHeader(bytes: Uint8Array): Map<string, unknown> {
  if (bytes[0] !== 0x7b) throw new AppError(beginningOf(bytes));
  let text: string;
  let parsed: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new AppError('SafetensorsHeaderError.notJson', {}, { cause });
  }
  const fault = faultOfHeaderJson(text);
  if (fault) throw reported(fault);
  // Of an object entries are its own names alone, "__proto__" among them.
  return new Map(Object.entries(Object(parsed)));
}

function beginningOf([first, second, third]: Uint8Array) {
  if (first === undefined) return 'SafetensorsHeaderError.empty';
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'SafetensorsHeaderError.byteOrderMark';
  return first <= 0x20 ? 'SafetensorsHeaderError.whiteSpace' : 'SafetensorsHeaderError.beginning';
}

function readMetadata(value: unknown): Record<string, string> {
  const refused = () => new AppError('SafetensorsHeaderError.metadata', { name: metadataKey });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused();
  const texts = Object.entries(value).map(([name, text]: [string, unknown]) => {
    if (typeof text !== 'string') throw refused();
    return [name, text] as const;
  });
  return Object.fromEntries(texts);
}

/** What the header says of one tensor. Whether tensors overlap or leave gaps is seen once all are known. */
function readEntry(name: string, value: unknown, dataLength: number): Entry {
  const shown = quoted(name);
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    const [field] = parsed.error.issues[0].path;
    throw new AppError(isField(field) ? `SafetensorsHeaderError.${field}` : 'SafetensorsHeaderError.fields', {
      name: shown,
    });
  }
  const { dtype, shape } = parsed.data;
  const [start, end] = parsed.data.data_offsets;
  if (!isDtype(dtype))
    throw new AppError('SafetensorsDtypeError', {
      name: shown,
      dtype: quoted(dtype),
      known: Object.keys(arrayTypes),
    });
  if (start > end) throw new AppError('SafetensorsRangeError.backwards', { name: shown, start, end });
  if (end > dataLength)
    throw new AppError('SafetensorsTruncatedError.tensor', { name: shown, end, bytes: dataLength });
  const expected = numbersIn(shape) * arrayTypes[dtype].BYTES_PER_ELEMENT;
  if (!Number.isSafeInteger(expected))
    throw new AppError('SafetensorsRangeError.endless', { name: shown, shape: listed(shape) });
  if (end - start !== expected)
    throw new AppError('SafetensorsRangeError.size', {
      name: shown,
      shape: listed(shape),
      needed: expected,
      bytes: end - start,
    });
  return { name, dtype, shape, start, end };
}

function readTensor({ dtype, shape, start, end }: Entry, data: Uint8Array): SafeTensor {
  const buffer = copyOf(data.subarray(start, end));
  switch (dtype) {
    case 'F64':
      return { dtype, shape, data: new Float64Array(buffer) };
    case 'F32':
      return { dtype, shape, data: new Float32Array(buffer) };
    case 'F16':
    case 'BF16':
    case 'U16':
      return { dtype, shape, data: new Uint16Array(buffer) };
    case 'I64':
      return { dtype, shape, data: new BigInt64Array(buffer) };
    case 'U64':
      return { dtype, shape, data: new BigUint64Array(buffer) };
    case 'I32':
      return { dtype, shape, data: new Int32Array(buffer) };
    case 'U32':
      return { dtype, shape, data: new Uint32Array(buffer) };
    case 'I16':
      return { dtype, shape, data: new Int16Array(buffer) };
    case 'I8':
      return { dtype, shape, data: new Int8Array(buffer) };
    case 'U8':
    case 'BOOL':
      return { dtype, shape, data: new Uint8Array(buffer) };
  }
}

/** A copy starts at a fresh buffer's first byte, so it is aligned whatever the file. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  try {
    return new Uint8Array(bytes).buffer;
  } catch (cause) {
    throw new AppError('SafetensorsMemoryError', { bytes: bytes.length }, { cause });
  }
}

/** The format allows neither overlaps nor gaps nor bytes after the last tensor. */
function checkCovered(entries: readonly Entry[], length: number): void {
  let at = 0;
  for (const { name, start, end } of entries.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < at) throw new AppError('SafetensorsRangeError.overlap', { name: quoted(name), at: start });
    if (start > at) throw new AppError('SafetensorsRangeError.gap', { name: quoted(name), at });
    at = end;
  }
  if (at !== length) throw new AppError('SafetensorsRangeError.rest', { at, bytes: length });
}

function isField(key: PropertyKey | undefined): key is Field {
  return fields.some((field) => field === key);
}

function isDtype(name: string): name is SafeDtype {
  return Object.hasOwn(arrayTypes, name);
}

function itemSize({ data }: SafeTensor): number {
  return data.BYTES_PER_ELEMENT;
}

/** Not a safe whole number where the product goes beyond them on the way, even if its end is 0. */
function numbersIn(shape: readonly number[]): number {
  return shape.reduce((product, length) => {
    const next = product * length;
    return Number.isSafeInteger(next) ? next : Number.NaN;
  }, 1);
}
