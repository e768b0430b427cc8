import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { streams } from '../random/philox.ts';
import { contributionBits } from './contributions.ts';
import { Geometries } from './geometries.ts';
import { huesOf } from './hues.ts';
import { Shapes3dImages } from './images.ts';

const full = presets.paper3d.shapes3d;
const few = { ...full, objectScale: 2, viewOrientation: 3 };

/** The factors of the frames in `reference`, so that every value of every factor occurs. */
const factorsAt = (i: number) => [
  i % 10,
  (3 * i + Math.floor(i / 10)) % 10,
  (7 * i + Math.floor(i / 10)) % 10,
  (5 * i + Math.floor(i / 8)) % 8,
  (i + Math.floor(i / 4)) % 4,
  (4 * i + Math.floor(i / 15)) % 15,
];

function draw(source: Shapes3dImages, factors: readonly number[]): Float32Array {
  const image = new Float32Array(source.imageLength);
  source.draw(factors, image);
  return image.map((value) => value * 255);
}

describe('3D Shapes', () => {
  // Frames of a ray caster in numpy, in double precision, side by side: `count` from number `first` on.
  test.each([
    { size: 32, count: 100, columns: 10, first: 0 },
    { size: 64, count: 16, columns: 4, first: 100 },
  ])('$count pictures of $size pixels are the reference’s, within one level', (sheet) => {
    const { size, count, columns, first } = sheet;
    const reference = decode(readFileSync(new URL(`reference/reference${size}.png`, import.meta.url)));
    const source = new Shapes3dImages(full, size);
    let worst = 0;
    let different = 0;
    for (let i = 0; i < count; i++) {
      const image = draw(source, factorsAt(first + i));
      const [top, left] = [Math.floor(i / columns) * size, (i % columns) * size];
      for (let row = 0, at = 0; row < size; row++)
        for (let x = 0; x < size * 3; x++, at++) {
          const theirs = reference.data[((top + row) * reference.width + left) * 3 + x];
          const distance = Math.abs(image[at] - theirs);
          worst = Math.max(worst, distance);
          if (distance > 0.5) different++;
        }
    }
    expect(reference.width).toBe(columns * size);
    expect(worst).toBeLessThan(1.001);
    expect(different / (count * source.imageLength)).toBeLessThan(0.005);
  });

  test('the hues of the published set, evenly around the circle', () => {
    const { levels, channels } = huesOf(10);
    expect(levels).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(channels[3].map((level) => levels[level])).toEqual([0.2, 1, 0]);
    expect(huesOf(1).channels).toHaveLength(1);
    const three = huesOf(3);
    expect(three.channels.map((of) => of.map((level) => three.levels[level]))).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  test('the means of red, green and blue are those of the published set', () => {
    // Published: 0.5026, 0.5788, 0.6034 over all 480 000; those of 300 vary by 0.01.
    const source = new Shapes3dImages(few, 32);
    const count = 300;
    const batch = new Float32Array(count * source.imageLength);
    source.drawBatch(1, streams.preview, 0, count, batch);
    const means = [0, 1, 2].map(
      (channel) =>
        batch.reduce((sum, value, i) => (i % 3 === channel ? sum + value : sum), 0) / (batch.length / 3),
    );
    [0.5026, 0.5788, 0.6034].forEach((published, channel) => {
      expect(Math.abs(means[channel] - published)).toBeLessThan(0.03);
    });
  });

  test('a thinner grid has the same ends, and one value is the middle', () => {
    const thin = { ...full, floorHue: 5, objectScale: 2, objectShape: 3, viewOrientation: 1 };
    const source = new Shapes3dImages(thin, 32);
    expect(source.count).toBe(5 * 10 * 10 * 2 * 3);
    const whole = new Shapes3dImages(full, 32);
    expect(draw(source, [2, 1, 3, 1, 2, 0])).toEqual(draw(whole, [4, 1, 3, 7, 2, 7]));
  });

  test('contributions fit their sixteen bits', () => {
    const geometries = new Geometries(few, 32);
    const patches = Array.from({ length: geometries.count }, (_, i) => geometries.patch(i));
    const largest = [...patches, geometries.room(0)]
      .flatMap(({ contributions }) => [...contributions])
      .reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeGreaterThan(255 << contributionBits);
    expect(largest).toBeLessThan(400 << contributionBits);
  });
});
