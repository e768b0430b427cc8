import { describe, expect, test } from 'vitest';
import { rawFile as fileOf } from './rawFile.fixture.ts';
import { readSafetensors, type SafeTensor, writeSafetensors } from './safetensors.ts';

const f32 = (shape: number[], ...numbers: number[]): SafeTensor => ({
  dtype: 'F32',
  shape,
  data: Float32Array.from(numbers),
});

describe('safetensors', () => {
  test('reads back what it wrote: every dtype, names in order, metadata', () => {
    const tensors = new Map<string, SafeTensor>([
      ['bytes', { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 3) }],
      ['weights', f32([2, 2], 1.5, -2, 3.25, Number.NaN)],
      ['number', f32([], 7)],
      ['none', f32([0, 4])],
      ['flags', { dtype: 'BOOL', shape: [1], data: Uint8Array.of(1) }],
      ['doubles', { dtype: 'F64', shape: [1], data: Float64Array.of(Math.PI) }],
      ['halves', { dtype: 'F16', shape: [1], data: Uint16Array.of(0x3c00) }],
      ['brains', { dtype: 'BF16', shape: [1], data: Uint16Array.of(0x3f80) }],
      ['longs', { dtype: 'I64', shape: [1], data: BigInt64Array.of(-(2n ** 60n)) }],
      ['unsignedLongs', { dtype: 'U64', shape: [1], data: BigUint64Array.of(2n ** 63n) }],
      ['integers', { dtype: 'I32', shape: [2, 1], data: Int32Array.of(-1, 2) }],
      ['unsigned', { dtype: 'U32', shape: [1], data: Uint32Array.of(0xffffffff) }],
      ['shorts', { dtype: 'I16', shape: [1], data: Int16Array.of(-5) }],
      ['unsignedShorts', { dtype: 'U16', shape: [1], data: Uint16Array.of(65535) }],
      ['tiny', { dtype: 'I8', shape: [1], data: Int8Array.of(-128) }],
    ]);
    const metadata = { config: '{"latents":4}', name: 'größe' };
    const file = readSafetensors(writeSafetensors(tensors, metadata));
    expect([...file.tensors]).toEqual([...tensors]);
    expect(file.metadata).toEqual(metadata);
  });

  test('data starts at a multiple of 8 bytes and tensors at multiples of their numbers', () => {
    const file = writeSafetensors(
      new Map<string, SafeTensor>([
        ['odd', { dtype: 'U8', shape: [5], data: new Uint8Array(5) }],
        ['weights', f32([1], 1)],
      ]),
    );
    const headerLength = Number(new DataView(file.buffer).getBigUint64(0, true));
    expect(headerLength % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerLength)));
    expect(header.weights.data_offsets).toEqual([0, 4]);
    expect(header.odd.data_offsets).toEqual([4, 9]);
    expect(header).not.toHaveProperty('__metadata__');
  });

  test('reads a file that lies anywhere in its buffer, and copies it', () => {
    const file = writeSafetensors(new Map([['a', f32([2], 1, 2)]]));
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    const { tensors } = readSafetensors(shifted.subarray(3));
    shifted.fill(0);
    expect(tensors.get('a')?.data).toEqual(Float32Array.of(1, 2));
  });

  test('writes only the part of a buffer that a tensor views', () => {
    const whole = Float32Array.of(1, 2, 3, 4);
    const file = writeSafetensors(new Map([['a', { dtype: 'F32', shape: [2], data: whole.subarray(1, 3) }]]));
    expect(readSafetensors(file).tensors.get('a')?.data).toEqual(Float32Array.of(2, 3));
  });

  const entry = (start: number, end: number, more = '') =>
    `{"a":{"dtype":"F32","shape":[1],"data_offsets":[${start},${end}]}${more}}`;
  const malformed: [string, Uint8Array, string][] = [
    ['an empty file', new Uint8Array(0), 'SafetensorsTruncatedError'],
    ['a header longer than the file', fileOf('{}', [], 50), 'SafetensorsTruncatedError'],
    ['a header of absurd length', fileOf('{}', [], 2 ** 40), 'SafetensorsHeaderError'],
    ['a header that is not JSON', fileOf('{"a":'), 'SafetensorsHeaderError'],
    ['a header that is a list', fileOf('[1]'), 'SafetensorsHeaderError'],
    [
      'an entry without a shape',
      fileOf('{"a":{"dtype":"F32","data_offsets":[0,4]}}'),
      'SafetensorsHeaderError',
    ],
    ['metadata that is no text', fileOf('{"__metadata__":{"a":1}}'), 'SafetensorsHeaderError'],
    [
      'an unknown dtype',
      fileOf(entry(0, 4).replace('F32', 'F8_E4M3'), [0, 0, 0, 0]),
      'SafetensorsDtypeError',
    ],
    ['a dtype named like a method', fileOf(entry(0, 4).replace('F32', 'toString')), 'SafetensorsDtypeError'],
    ['data that ends too early', fileOf(entry(0, 4), [0, 0]), 'SafetensorsTruncatedError'],
    ['offsets back to front', fileOf(entry(4, 0), [0, 0, 0, 0]), 'SafetensorsRangeError'],
    ['a shape of another size', fileOf(entry(0, 3), [0, 0, 0]), 'SafetensorsRangeError'],
    ['bytes after the last tensor', fileOf(entry(0, 4), [0, 0, 0, 0, 0]), 'SafetensorsRangeError'],
    ['a gap before the first', fileOf(entry(4, 8), new Array(8).fill(0)), 'SafetensorsRangeError'],
    [
      'tensors that overlap',
      fileOf(entry(0, 4, ',"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}'), [0, 0, 0, 0]),
      'SafetensorsRangeError',
    ],
  ];
  test.each(malformed)('%s is refused by name', (_, file, name) => {
    expect(() => readSafetensors(file)).toThrow(expect.objectContaining({ name }));
  });

  test('a shape that does not fit its data cannot be written', () => {
    expect(() => writeSafetensors(new Map([['a', f32([3], 1)]]))).toThrow(/"a" has 1 numbers/);
  });
});
