import { expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { type ForkField, forkTexts, readFork } from './forkDraft.ts';

const read = (field: ForkField, text: string) =>
  readFork({ ...forkTexts(presets.tiny), [field]: text }, presets.tiny, 'factorVae');

test.each<[ForkField, string, number]>([
  ['gamma', '40', 40],
  ['gamma', '\uff14\uff10', 40],
  ['learningRate', '1e\u22124', 1e-4],
  ['seed', '1 000', 1000],
])('%s "%s" is read', (field, text, value) => {
  expect(read(field, text)).toEqual({ kind: 'valid', config: { ...presets.tiny, [field]: value } });
});

test.each<[ForkField, string, RegExp]>([
  ['gamma', '1,000', /could mean 1000 or 1\./],
  ['gamma', '201', /^At most 200$/],
  ['beta', '2,5', /could mean 2\.5 or/],
  ['learningRate', '', /^Enter a number/],
  ['seed', '1.5', /^Whole numbers only$/],
  ['seed', '4.000', /could mean 4000 or 4\./],
  ['seed', '4294967296', /^At most 4294967295$/],
])('%s "%s" is refused with what to write', (field, text, message) => {
  const reading = read(field, text);
  expect(reading.kind === 'invalid' && [...reading.errors]).toEqual([
    [field, expect.stringMatching(message)],
  ]);
});
