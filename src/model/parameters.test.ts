import { describe, expect, test } from 'vitest';
import { presets } from '../config/presets.ts';
import { vaeLayers } from '../families/vae/networks.ts';
import { initialTensors } from './initialise.ts';
import { channelsLastShape, fromChannelsLast, toChannelsLast } from './layout.ts';
import { sizeOf, type TensorSpec, tensorsOf } from './parameters.ts';

const tiny = tensorsOf(vaeLayers(presets.tiny));
const counting = (spec: TensorSpec) => Float32Array.from({ length: sizeOf(spec.shape) }, (_, i) => i);

function specNamed(name: string): TensorSpec {
  const spec = tiny.find((candidate) => candidate.name === name);
  if (!spec) throw new Error(`no tensor ${name}`);
  return spec;
}

describe('parameters', () => {
  test('layouts are reorderings that undo each other', () => {
    for (const spec of tiny) {
      const torch = counting(spec);
      const last = toChannelsLast(spec, torch);
      expect(last.toSorted()).toEqual(torch);
      expect(fromChannelsLast(spec, last), spec.name).toEqual(torch);
      expect(sizeOf(channelsLastShape(spec))).toBe(torch.length);
    }
  });

  test.each(['encoder.conv1.weight', 'decoder.deconv0.weight'])(
    '%s: [a, b, kh, kw] becomes [kh, kw, b, a]',
    (name) => {
      const spec = specNamed(name);
      const [a, b] = spec.shape;
      const last = toChannelsLast(spec, counting(spec));
      for (const [i, j, row, column] of [
        [0, 0, 0, 0],
        [1, 2, 3, 0],
        [a - 1, b - 1, 1, 2],
      ])
        expect(last[((row * 4 + column) * b + j) * a + i]).toBe(((i * b + j) * 4 + row) * 4 + column);
    },
  );

  test('the flattened picture goes from (channel, height, width) to (height, width, channel)', () => {
    const size = 4;
    const channels = 16;
    const weights = toChannelsLast(
      specNamed('encoder.dense.weight'),
      counting(specNamed('encoder.dense.weight')),
    );
    const bias = toChannelsLast(specNamed('decoder.dense1.bias'), counting(specNamed('decoder.dense1.bias')));
    const [row, column, channel, unit] = [2, 3, 5, 7];
    const last = (row * size + column) * channels + channel;
    const torch = (channel * size + row) * size + column;
    expect(weights[last * 32 + unit]).toBe(unit * size * size * channels + torch);
    expect(bias[last]).toBe(torch);
  });

  test('initial parameters: PyTorch’s bounds, filled, decided by the seed', () => {
    const layers = vaeLayers(presets.quick);
    const parameters = initialTensors(layers, 0);
    const weight = parameters.get('discriminator.dense1.weight');
    const bound = 1 / Math.sqrt(256);
    if (!weight) throw new Error('missing');
    const largest = weight.data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    expect(largest).toBeLessThanOrEqual(bound);
    expect(largest).toBeGreaterThan(0.99 * bound);
    expect(initialTensors(layers, 0)).toEqual(parameters);
    expect(initialTensors(layers, 1)).not.toEqual(parameters);
    // A transposed convolution's fan-in counts its outputs, as PyTorch has it: 1 channel x 16 taps.
    const last = parameters.get('decoder.deconv2.weight');
    expect(last?.data.some((value) => Math.abs(value) > 0.2)).toBe(true);
    expect(last?.data.every((value) => Math.abs(value) <= 0.25)).toBe(true);
  });
});
