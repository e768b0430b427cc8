import { z } from 'zod';
import { AppError } from '../errors.ts';

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

const headerSchema = z.record(z.string(), z.unknown());
const metadataSchema = z.record(z.string(), z.string());
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
type Entry = z.infer<typeof entrySchema>;

/**
 * Reads a whole file; the tensors are copies, aligned for their type.
 * @throws AppError SafetensorsTruncatedError, SafetensorsHeaderError, SafetensorsDtypeError or SafetensorsRangeError.
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { header, dataStart } = readHeader(bytes);
  const metadata = metadataSchema.safeParse(header[metadataKey] ?? {});
  if (!metadata.success) throw headerError(`"${metadataKey}" must map names to strings`);

  const tensors = new Map<string, SafeTensor>();
  const ranges: (readonly [number, number])[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === metadataKey) continue;
    const entry = entrySchema.safeParse(value);
    if (!entry.success) throw headerError(`tensor "${name}" needs dtype, shape and two data_offsets`);
    tensors.set(name, readTensor(name, entry.data, bytes.subarray(dataStart)));
    ranges.push(entry.data.data_offsets);
  }
  checkCovered(ranges, bytes.length - dataStart);
  return { tensors, metadata: metadata.data };
}

/**
 * Writes a whole file. Wider numbers come first in it, so that every tensor is aligned; names keep their order.
 * @throws AppError SafetensorsRangeError where a shape does not fit its data.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, SafeTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const offsets = new Map<string, number>();
  let length = 0;
  for (const [name, { data, shape }] of [...tensors].sort(([, a], [, b]) => itemSize(b) - itemSize(a))) {
    if (data.length !== numbersIn(shape))
      throw rangeError(`tensor "${name}" has ${data.length} numbers but its shape is [${shape}]`);
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

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < lengthBytes)
    throw truncatedError(
      `it has ${bytes.length} bytes, fewer than the ${lengthBytes} of the header's length`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > longestHeader) throw headerError(`its length is said to be ${length} bytes`);
  const dataStart = lengthBytes + length;
  if (dataStart > bytes.length)
    throw truncatedError(`its header should be ${length} bytes, and ${bytes.length - lengthBytes} follow`);

  let parsed: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(lengthBytes, dataStart));
    parsed = JSON.parse(text);
  } catch (cause) {
    throw headerError('it is not JSON', cause);
  }
  const header = headerSchema.safeParse(parsed);
  if (!header.success) throw headerError('it is not a JSON object');
  return { header: header.data, dataStart };
}

function readTensor(name: string, { dtype, shape, data_offsets }: Entry, data: Uint8Array): SafeTensor {
  if (!isDtype(dtype))
    throw new AppError(
      'SafetensorsDtypeError',
      `Tensor "${name}" has the dtype ${dtype}, which is not among ${Object.keys(arrayTypes).join(', ')}.`,
    );
  const [start, end] = data_offsets;
  if (start > end) throw rangeError(`tensor "${name}" ends before it starts, at bytes ${start} to ${end}`);
  if (end > data.length)
    throw truncatedError(`tensor "${name}" ends at byte ${end} of ${data.length} bytes of data`);
  const expected = numbersIn(shape) * arrayTypes[dtype].BYTES_PER_ELEMENT;
  if (end - start !== expected)
    throw rangeError(`tensor "${name}" of shape [${shape}] needs ${expected} bytes and has ${end - start}`);
  // A copy starts at a fresh buffer's first byte, so it is aligned whatever the file.
  const { buffer } = new Uint8Array(data.subarray(start, end));
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

/** The format allows neither overlaps nor gaps nor bytes after the last tensor. */
function checkCovered(ranges: (readonly [number, number])[], length: number): void {
  let at = 0;
  for (const [start, end] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (start !== at) throw rangeError(`its tensors ${start < at ? 'overlap' : 'leave a gap'} at byte ${at}`);
    at = end;
  }
  if (at !== length) throw rangeError(`its tensors end at byte ${at} of ${length} bytes of data`);
}

function isDtype(name: string): name is SafeDtype {
  return Object.hasOwn(arrayTypes, name);
}

function itemSize({ data }: SafeTensor): number {
  return data.BYTES_PER_ELEMENT;
}

function numbersIn(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function truncatedError(what: string): AppError {
  return new AppError('SafetensorsTruncatedError', `The safetensors file is cut short: ${what}.`);
}

function headerError(what: string, cause?: unknown): AppError {
  return new AppError(
    'SafetensorsHeaderError',
    `The safetensors file's header is damaged: ${what}.`,
    cause === undefined ? undefined : { cause },
  );
}

function rangeError(what: string): AppError {
  return new AppError('SafetensorsRangeError', `The safetensors file is inconsistent: ${what}.`);
}
