import { describe, expect, test } from 'vitest';
import { rawFile } from './rawFile.fixture.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

/** The rules of https://github.com/huggingface/safetensors (README, Format), and what its reference reader refuses. */

const entry = (start: unknown = 0, end: unknown = 4, shape = '[1]', dtype = 'F32') =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${start},${end}]}`;
const refused = (file: Uint8Array, name: string, message: RegExp) => {
  const error = expect.objectContaining({ name, message: expect.stringMatching(message) });
  expect(() => readSafetensors(file)).toThrow(error);
};

const four = [0, 0, 0, 0];
const eight = [...four, ...four];

describe('names that stand twice', () => {
  const cases: [string, string, RegExp][] = [
    ['a tensor, the same range', `{"a":${entry()},"a":${entry()}}`, /"a" stands twice in it\.$/],
    ['a tensor, another range', `{"a":${entry()},"b":${entry(4, 8)},"a":${entry(4, 8)}}`, /"a" stands twice/],
    ['the metadata', '{"__metadata__":{"a":"b"},"__metadata__":{}}', /"__metadata__" stands twice in it/],
    [
      'a name of the metadata',
      '{"__metadata__":{"step":"1","x":"y","step":"2"}}',
      /"step" stands twice in "__metadata__"/,
    ],
    ['a field of a tensor', `{"w":{"shape":[2],${entry().slice(1)}}`, /"shape" stands twice in "w"/],
    ['written with an escape', `{"a":${entry()},"\\u0061":${entry()}}`, /"a" stands twice/],
    ['two escapes of one character', `{"\\/":${entry()},"/":${entry()}}`, /"\/" stands twice/],
    ['with a quote inside', `{"a\\"b":${entry()},"a\\u0022b":${entry()}}`, /stands twice/],
    ['the empty name', `{"":${entry()},"":${entry()}}`, /"" stands twice/],
    ['a name of every object', `{"__proto__":${entry()},"__proto__":${entry()}}`, /"__proto__" stands twice/],
    ['a name far apart', `{"a":${entry()},"c":{"a":{"a":1}},"a":1}`, /"a" stands twice in it/],
    [
      'a name in what is ignored',
      `{"w":${entry().slice(0, -1)},"x":{"y":1,"y":1}}}`,
      /"y" stands twice in "x"/,
    ],
  ];
  test.each(cases)('%s', (_, header, message) => {
    refused(rawFile(header, eight), 'SafetensorsHeaderError', message);
  });

  test('the same name in different objects is no fault, nor the same text as a value', () => {
    const header = `{"__metadata__":{"a":"a","b":"a","\\\\":"\\\\\\"","shape":"{\\"a\\":1,\\"a\\":2}"},"a":${entry()}}`;
    const { metadata } = readSafetensors(rawFile(header, four));
    expect(metadata).toEqual({ a: 'a', b: 'a', '\\': '\\"', shape: '{"a":1,"a":2}' });
  });
});

describe('the header begins with "{" and may end in spaces', () => {
  const bom = Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d);
  const cases: [string, Uint8Array, RegExp][] = [
    ['a byte order mark', rawFile(bom), /must begin with "\{", and begins with a byte order mark/],
    ['a space', rawFile(' {}'), /begins with white space/],
    ['a line break', rawFile('\n{}'), /begins with white space/],
    ['a list', rawFile('[]'), /begins with something else/],
    ['UTF-16', rawFile(Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0)), /begins with something else/],
    ['nothing', rawFile(''), /it is empty/],
    ['a second object', rawFile('{}{}'), /not JSON/],
    ['NUL at its end', rawFile('{}\0\0'), /not JSON/],
    ['a byte order mark inside', rawFile('{}\ufeff'), /not JSON/],
    ['a comment', rawFile('{}//'), /not JSON/],
    ['bytes that are no UTF-8', rawFile(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)), /not JSON/],
    ['half a character', rawFile(`{"\\ud800":${entry()}}`, four), /half of a character/],
  ];
  test.each(cases)('not with %s', (_, file, message) => {
    refused(file, 'SafetensorsHeaderError', message);
  });

  test.each(['', '   ', ' \r\n\t'])('with %j behind it', (padding) => {
    expect(readSafetensors(rawFile(`{"a":${entry()}}${padding}`, four)).tensors.size).toBe(1);
  });
});

describe('numbers, shapes and ranges', () => {
  const one = (...given: Parameters<typeof entry>) => rawFile(`{"a":${entry(...given)}}`, four);
  const pair = (a: string, b: string, data = eight) => rawFile(`{"a":${a},"b":${b}}`, data);
  const header = 'SafetensorsHeaderError';
  const range = 'SafetensorsRangeError';
  const cases: [string, Uint8Array, string, RegExp][] = [
    ['a range that starts at -0', one('-0'), header, /"-0", which is not a plain whole number/],
    ['a range that ends at 4.0', one(0, '4.0'), header, /"4.0", which is not a plain whole number/],
    ['a range that ends at 4e0', one(0, '4e0'), header, /"4e0", which is not a plain/],
    ['a range that ends within a byte', one(0, 3.5), header, /"3.5", which is not a plain/],
    ['a range that starts before the data', one(-4, 0), header, /"-4", which is not a plain/],
    ['a range of texts', one(0, '"4"'), header, /"data_offsets" of tensor "a" must be two whole numbers/],
    ['a range of three', one(0, '4,4'), header, /"data_offsets" of tensor "a"/],
    ['a range beyond safe numbers', one(0, '9007199254740993'), header, /"data_offsets" of tensor "a"/],
    ['a range back to front', one(4, 0), range, /ends before it starts/],
    ['a range past the data', one(0, 8, '[2]'), 'SafetensorsTruncatedError', /ends at byte 8 of 4/],
    ['a shape of -1', one(0, 4, '[-1]'), header, /"shape" of "a" has "-1", which is not a plain/],
    ['a shape of 1.5', one(0, 4, '[1.5]'), header, /"1.5", which is not a plain/],
    ['a shape that is a number', one(0, 4, '1'), header, /"shape" of tensor "a" must be a list of whole/],
    ['a shape of null', one(0, 4, '[null]'), header, /"shape" of tensor "a"/],
    ['a shape that is too large', one(0, 4, '[2]'), range, /of shape \[2\] needs 8 bytes and has 4/],
    ['a shape of nothing with bytes', one(0, 4, '[0]'), range, /needs 0 bytes and has 4/],
    ['a shape beyond all numbers', one(0, 4, '[4294967296,4294967296]'), range, /beyond any size/],
    ['the same with a 0 at the end', one(0, 0, '[4294967296,4294967296,0]'), range, /beyond any size/],
    ['a wider dtype than its bytes', one(0, 4, '[1]', 'F64'), range, /needs 8 bytes and has 4/],
    ['an unknown dtype', one(0, 4, '[1]', 'f32'), 'SafetensorsDtypeError', /the dtype "f32"/],
    ['a dtype that is a name of every object', one(0, 4, '[1]', '__proto__'), 'SafetensorsDtypeError', /./],
    ['a tensor that is a number', rawFile('{"a":1}'), header, /"a" must have "dtype"/],
    ['a tensor that is null', rawFile('{"a":null}'), header, /"a" must have "dtype"/],
    ['tensors that overlap', pair(entry(), entry(2, 6)), range, /"b" overlaps another one at byte 2/],
    ['a tensor inside another', pair(entry(0, 8, '[2]'), entry(4, 8)), range, /"b" overlaps/],
    ['two at one place', pair(entry(), entry(), four), range, /overlaps/],
    ['a gap', pair(entry(0, 4), entry(5, 9), [...eight, 0]), range, /leave a gap at byte 4, before "b"/],
    ['a gap at the start', pair(entry(4, 8), entry(4, 4, '[0]')), range, /gap at byte 0/],
    ['bytes left over', pair(entry(0, 4), entry(4, 4, '[0]')), range, /end at byte 4 of 8/],
    ['metadata that is a list', rawFile('{"__metadata__":["a"]}'), header, /must map names to texts/],
    ['metadata with a list', rawFile('{"__metadata__":{"a":[]}}'), header, /must map names to texts/],
    ['metadata with null', rawFile('{"__metadata__":{"a":null}}'), header, /must map names to texts/],
    ['a header of 100 000 001 bytes', rawFile('{}', [], 100_000_001), header, /said to be 100000001 bytes/],
    ['a header of 2^64 - 1 bytes', rawFile('{}', [], 2n ** 64n - 1n), header, /18446744073709551615 bytes/],
    [
      'a header of 100 000 000 bytes',
      rawFile('{}', [], 100_000_000),
      'SafetensorsTruncatedError',
      /and 2 follow/,
    ],
    ['a header of no bytes', rawFile('', [0x7b, 0x7d], 0), header, /it is empty/],
  ];
  test.each(cases)('%s is refused', (_, file, name, message) => {
    refused(file, name, message);
  });

  test('any order of ranges is read, and tensors without numbers wherever they stand', () => {
    const file = rawFile(
      `{"b":${entry(4, 8)},"none":${entry(4, 4, '[0,9]')},"a":${entry(0, 4, '[]')},"end":${entry(8, 8, '[0]')}}`,
      [0, 0, 128, 63, 0, 0, 0, 64],
    );
    const { tensors } = readSafetensors(file);
    expect([...tensors].map(([name, { data }]) => [name, ...data])).toEqual([
      ['b', 2],
      ['none'],
      ['a', 1],
      ['end'],
    ]);
  });

  test('names that every object has are names as any other', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const tensors = new Map(
      names.map((name, i) => [name, { dtype: 'F32', shape: [1], data: Float32Array.of(i) } as const]),
    );
    const metadata = Object.fromEntries(names.map((name) => [name, `text of ${name}`]));
    const read = readSafetensors(writeSafetensors(tensors, metadata));
    expect([...read.tensors]).toEqual([...tensors]);
    expect(Object.entries(read.metadata)).toEqual(Object.entries(metadata));
    expect(Object.hasOwn({}, 'dtype')).toBe(false);
  });

  test('a file of many tensors at one place is refused before any is copied', () => {
    const data = new Uint8Array(2 ** 20);
    const shared = entry(0, data.length, `[${data.length / 4}]`);
    const names = Array.from({ length: 20_000 }, (_, i) => `"w${i}":${shared}`);
    refused(rawFile(`{${names.join()}}`, data), range, /overlaps/);
  });

  test('long names and shapes are told in short, control characters by their escapes', () => {
    const long = 'x'.repeat(5000);
    const shape = JSON.stringify(new Array(5000).fill(1));
    for (const file of [
      rawFile(`{"${long}":${entry(0, 3, shape)}}`, [0, 0, 0]),
      rawFile(`{"\\u001b[2J":${entry(0, 4, shape, long)}}`, four),
      rawFile(`{"${long}":1,"${long}":1}`),
    ]) {
      expect(() => readSafetensors(file)).toThrow(/^[\x20-\x7e…]{20,300}$/);
    }
  });

  test('no tensor is written under the name of the metadata', () => {
    const tensors = new Map([['__metadata__', { dtype: 'U8', shape: [0], data: new Uint8Array() } as const]]);
    expect(() => writeSafetensors(tensors)).toThrow(expect.objectContaining({ name: header }));
  });
});
