import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/files/safetensors.ts';
import { readFixture } from './fixture.ts';
import { toChannelsLastImages } from './fixtureFile.ts';
import { readInfoWganGpFixture } from './infoWganGpFixture.ts';

const fixtures = join(import.meta.dirname, '../../src/engines/fixtures');

describe('parity files', () => {
  test('a file of the reference is read whole', () => {
    const { config, steps, before, after } = readFixture(
      readFileSync(join(fixtures, 'step-rgb.safetensors')),
    );
    expect(config.channels).toBe(3);
    const { imageSize, channels, batchSize, latents } = config;
    for (const { inputs, losses } of steps) {
      expect(inputs.batch1.length).toBe(batchSize * imageSize * imageSize * channels);
      expect(inputs.noise2.length).toBe(batchSize * latents);
      expect(inputs.permutation.length).toBe(latents * batchSize);
      expect(losses.every(Number.isFinite)).toBe(true);
    }
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect(after.get('encoder.conv0.weight')?.data).not.toEqual(before.get('encoder.conv0.weight')?.data);
  });

  test('an InfoWGAN-GP file is read, and refused where it cannot be used', () => {
    const bytes = readFileSync(join(fixtures, 'infowgangp-tiny.safetensors'));
    const { config, iterations, gradient } = readInfoWganGpFixture(bytes);
    expect(config.input).toEqual({ codes: 3, categories: 3, noise: 2 });
    expect(iterations.map(({ criticSteps }) => criticSteps.length)).toEqual([2, 2]);
    expect([...gradient.keys()].every((name) => name.startsWith('critic.'))).toBe(true);
    const { tensors, metadata } = readSafetensors(bytes);
    const changed = (settings: Record<string, unknown>) =>
      writeSafetensors(tensors, {
        ...metadata,
        config: JSON.stringify({ ...JSON.parse(metadata.config), ...settings }),
      });
    const read = (settings: Record<string, unknown>) => () => readInfoWganGpFixture(changed(settings));
    expect(read({ batch_norm: true })).toThrow(/"batch_norm" .* false: the networks here have no batch norm/);
    expect(read({ critics: 0 })).toThrow(/"critics" .* from 1 to 20/);
    expect(read({ noise: 3 })).toThrow(/has the shape/);
    expect(read({ size: 18 })).toThrow(/multiple of 4/);
  });

  test('images come channels last', () => {
    // Two 2x2 images of two channels: ten times the pixel, plus the channel.
    const first = [0, 10, 20, 30, 1, 11, 21, 31];
    const images = Float32Array.from([...first, ...first.map((v) => v + 100)]);
    expect([...toChannelsLastImages(images, 2, 2)].slice(0, 10)).toEqual([
      0, 1, 10, 11, 20, 21, 30, 31, 100, 101,
    ]);
  });

  test('a file of something else is refused by name', () => {
    expect(() => readFixture(writeSafetensors(new Map()))).toThrow(
      expect.objectContaining({ name: 'FixtureError' }),
    );
    expect(() => readFixture(writeSafetensors(new Map(), { config: '{"size":16}' }))).toThrow(/channels/);
  });
});
