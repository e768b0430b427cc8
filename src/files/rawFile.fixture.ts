/** A safetensors file with any header and data, so that it can be wrong; `said` is the length that it states. */
export function rawFile(
  header: string | Uint8Array,
  data: ArrayLike<number> = [],
  said?: number | bigint,
): Uint8Array<ArrayBuffer> {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + text.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(said ?? text.length), true);
  file.set(text, 8);
  file.set(data, 8 + text.length);
  return file;
}
