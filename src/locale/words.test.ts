import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { type ErrorCode, errorReport, type PartCode, part, type Report } from '../report.ts';
import { en } from './en/index.ts';
import { separators } from './en/parts.ts';
import { word } from './word.ts';

const root = resolve(import.meta.dirname, '../..');
const codes = [...Object.keys(en.errors), ...Object.keys(en.parts)] as readonly (ErrorCode | PartCode)[];
const ways = ['count', 'tenths', 'hundredths', 'mebibytes', ...Object.keys(separators)];

/** Every name in double braces, with the way it is shown. */
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, inner]) => inner.split(', '));

describe('every code has words', () => {
  test.each(codes)('%s', (code) => {
    const template: string = { ...en.errors, ...en.parts }[code];
    const inside = placeholders(template);
    for (const [, way = 'commas'] of inside) expect(ways).toContain(way);
    const values = Object.fromEntries(inside.map(([name]) => [name, `<${name}>`]));
    const text = word({ code, values } as Report);
    for (const [name] of inside) expect(text).toContain(`<${name}>`);
    expect(text).not.toMatch(/\{\{|\}\}|undefined|\[object/);
  });

  test.each(Object.entries(en.errors))('%s: a sentence that ends', (_, template) => {
    expect(template).toMatch(/^(?:npm |[A-Z"-]|\{\{)/);
    expect(template).toMatch(/(?:\.|\}\}|0\.5,0\.001\.)$/);
  });

  test('and none has words that nothing says', () => {
    const sources = ['src', 'cli', 'bench'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|[\\/]?locale[\\/]/.test(path))
        .map((path) => readFileSync(join(root, folder, path), 'utf8')),
    );
    const text = sources.join('\n');
    const said = (code: string) => text.includes(`'${code}'`) || text.includes(`\`${code.split('.')[0]}.\${`);
    expect(codes.filter((code) => !said(code))).toEqual([]);
  });
});

test('values are shown as the words ask', () => {
  expect(
    word(errorReport('WebGpuLimitError', { needed: 3e9, buffer: 'x', limit: 'y', allowed: 2 ** 27 })),
  ).toMatch(/^This run needs 2\u2009861 MiB for x, but the GPU.s y is 128 MiB\./);
  expect(word(errorReport('EvaluationUnderWayError', { step: 12_000 }))).toContain('step 12\u2009000 is');
  expect(
    word(errorReport('InvalidFactorsError.values', { sizes: [3, 6], combinations: 18, given: [1] })),
  ).toBe('Factors are whole numbers below 3, 6 (18 combinations), not 1.');
  expect(word(errorReport('UsageError.engine', { names: ['a', 'b'], given: 'c' }))).toContain('a or b, not');
  const reason = (engine: string) => part('engineReason', { engine, reason: errorReport('WebGpuLostError') });
  expect(word(errorReport('NoEngineError', { reasons: [reason('a'), reason('b')] }))).toMatch(
    /Safari\. a: The GPU was lost\. b: The GPU was lost\.$/,
  );
});

test('what stands in a value is no place for another', () => {
  expect(word(errorReport('RunRecordError.empty', { source: '{{source}} $1 $&' }))).toBe(
    '{{source}} $1 $& is empty.',
  );
});

test('codes without words, and values that are missing or have no place, do not compile', () => {
  const wrong = [
    // @ts-expect-error there is no such code
    () => new AppError('NoSuchError'),
    // @ts-expect-error its values are missing
    () => new AppError('InvalidCodeError'),
    // @ts-expect-error one of its values is missing
    () => new AppError('InvalidCodeError', { latents: 4 }),
    // @ts-expect-error one value has no place
    () => new AppError('InvalidCodeError', { latents: 4, given: 2, more: 1 }),
    // @ts-expect-error it has no values
    () => errorReport('WebGpuLostError', { step: 1 }),
    // @ts-expect-error a value is missing
    () => part('line.unreadable'),
  ];
  expect(wrong).toHaveLength(6);
});
