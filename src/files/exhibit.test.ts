import { expect, test } from 'vitest';
import { exhibitConfigs } from '../config/exhibits.ts';
import { fromHalf, toHalf } from '../model/half.ts';
import { completed, exhibitFormat, readDecoder, readEncoder, writeDecoder, writeEncoder } from './exhibit.ts';
import { writeSafetensors } from './safetensors.ts';

const config = exhibitConfigs.vae;
const weights = new Map(
  [...completed(config, new Map())].map(([name, { shape, data }]) => [
    name,
    { shape, data: data.map((_, i) => Math.sin(i)) },
  ]),
);
const codes = { mean: Float32Array.of(1, 2, 3, 4), logVariance: Float32Array.of(-1, -2, -3, -4) };
const about = {
  config,
  steps: 10,
  reconstruction: 7,
  factorVaeMetric: 0.5,
  mig: 0.1,
  latents: [{ kl: 1, factor: 0, share: 0.5 }],
  bases: [[0, 0, 0, 0, 0]],
};

test('a decoder and an encoder come back, in half precision', () => {
  const decoder = readDecoder(writeDecoder({ about, codes, weights }));
  expect(decoder.about).toEqual(about);
  expect(decoder.codes).toEqual(codes);
  const all = new Map([...decoder.weights, ...readEncoder(writeEncoder(weights))]);
  for (const [name, { shape, data }] of all)
    expect({ name, shape, data }).toEqual({
      name,
      shape: weights.get(name)?.shape,
      data: fromHalf(toHalf(weights.get(name)?.data ?? new Float32Array())),
    });
  expect([...new Set([...all.keys()].map((name) => name.split('.')[0]))].sort()).toEqual([
    'decoder',
    'encoder',
  ]);
});

test('networks that a file does not have are zeros', () => {
  const all = completed(config, readEncoder(writeEncoder(weights)));
  expect([...all.keys()]).toEqual([...weights.keys()]);
  expect(all.get('decoder.dense0.weight')?.data.every((value) => value === 0)).toBe(true);
  expect(all.get('encoder.dense.weight')?.data.some((value) => value !== 0)).toBe(true);
});

test.each([
  ['another format', writeSafetensors(new Map(), { format: 'other', about: JSON.stringify(about) })],
  ['no description', writeSafetensors(new Map(), { format: exhibitFormat })],
  ['a description that is no JSON', writeSafetensors(new Map(), { format: exhibitFormat, about: '{' })],
  ['no codes', writeSafetensors(new Map(), { format: exhibitFormat, about: JSON.stringify(about) })],
])('%s is refused', (_, bytes) => {
  expect(() => readDecoder(bytes)).toThrow(expect.objectContaining({ name: 'ExhibitError' }));
});
