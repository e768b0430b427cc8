import { describe, expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { combinationCount, factorsAt } from '../factors.ts';
import { streams } from '../random/philox.ts';
import { randomFactors } from '../random/randomFactors.ts';
import type { FactorGrid } from './factors.ts';
import { Shapes2dImages } from './images.ts';

const full = presets.paper.factors;

function draw(source: Shapes2dImages, factors: readonly number[]): Float32Array {
  const image = new Float32Array(source.imageLength);
  source.draw(factors, image);
  return image;
}
const whitePixels = (image: Float32Array) => image.reduce((sum, value) => sum + value, 0);

/** Centre of mass and spread of a picture, in pixels. */
function moments(image: Float32Array, size: number) {
  const total = whitePixels(image);
  let [x, y, xx, yy] = [0, 0, 0, 0];
  image.forEach((value, at) => {
    const [column, row] = [(at % size) + 0.5, Math.floor(at / size) + 0.5];
    x += (value * column) / total;
    y += (value * row) / total;
    xx += (value * column * column) / total;
    yy += (value * row * row) / total;
  });
  return { total, x, y, spreadX: Math.sqrt(xx - x * x), spreadY: Math.sqrt(yy - y * y) };
}

/** The geometry in plain floating point; the heart by counting how often a ray crosses its outline. */
function isInside(shape: number, x: number, y: number): boolean {
  if (shape === 0) return Math.abs(x) <= 9.6 && Math.abs(y) <= 9.6;
  if (shape === 1) return (x / 12.77) ** 2 + (y / 7.21) ** 2 <= 1;
  const points = 60;
  let crossings = 0;
  const outline = (i: number) => {
    const u = (Math.PI * i) / points;
    return {
      x: 9.6 * Math.sin(u) ** 3,
      y:
        -0.66216 * (13 * Math.cos(u) - 5 * Math.cos(2 * u) - 2 * Math.cos(3 * u) - Math.cos(4 * u)) - 1.43656,
    };
  };
  for (let i = 0; i < points; i++) {
    const [a, b] = [outline(i), outline(i + 1)];
    const distance = Math.abs(x);
    if (a.x > distance !== b.x > distance && y < a.y + ((distance - a.x) / (b.x - a.x)) * (b.y - a.y))
      crossings++;
  }
  return crossings % 2 === 1;
}

describe('2D Shapes', () => {
  const source = new Shapes2dImages(full, 64, 1);

  test('pixel counts at orientation 0, position 0, by scale', () => {
    const counts = [0, 1, 2].map((shape) =>
      [0, 1, 2, 3, 4, 5].map((scale) => whitePixels(draw(source, [shape, scale, 0, 0, 0]))),
    );
    expect(counts).toEqual([
      [100, 144, 196, 256, 324, 400],
      [76, 104, 144, 184, 228, 288],
      [58, 84, 108, 140, 182, 222],
    ]);
  });

  test('the first and the last orientation are the same picture, the ones between are not', () => {
    for (const shape of [0, 1, 2]) {
      const upright = draw(source, [shape, 4, 0, 9, 20]);
      expect(draw(source, [shape, 4, 39, 9, 20])).toEqual(upright);
      expect(draw(source, [shape, 4, 5, 9, 20])).not.toEqual(upright);
    }
  });

  test('the mean pixel over 20 000 combinations is 0.0425', () => {
    const image = new Float32Array(source.imageLength);
    let white = 0;
    const sample = randomFactors(source.tables.sizes, 0, streams.preview, 0, 20_000);
    for (const factors of sample) {
      source.draw(factors, image);
      white += whitePixels(image);
    }
    expect(white / (sample.length * 64 * 64)).toBeCloseTo(0.0425, 3);
  });

  test('agrees with the geometry in floating point', () => {
    let wrong = 0;
    const sample = randomFactors(source.tables.sizes, 1, streams.preview, 0, 200);
    for (const [shape, scale, orientation, posX, posY] of sample) {
      const image = draw(source, [shape, scale, orientation, posX, posY]);
      const angle = (2 * Math.PI * orientation) / 39;
      const size = 0.5 + scale / 10;
      for (let row = 0; row < 64; row++)
        for (let column = 0; column < 64; column++) {
          const x = (column + 0.5 - 16 - (32 * posX) / 31) / size;
          const y = (row + 0.5 - 16 - (32 * posY) / 31) / size;
          const inside = isInside(
            shape,
            Math.cos(angle) * x - Math.sin(angle) * y,
            Math.sin(angle) * x + Math.cos(angle) * y,
          );
          if (inside !== (image[row * 64 + column] === 1)) wrong++;
        }
    }
    // Pixels whose centre lies on the outline within the rounding of the tables.
    expect(wrong).toBeLessThanOrEqual(6);
  });

  test('positions move the picture and nothing else', () => {
    // 31 steps cross 32 pixels, so whole steps are whole pixels only from end to end.
    for (const shape of [0, 1, 2]) {
      const from = moments(draw(source, [shape, 5, 3, 0, 0]), 64);
      const right = moments(draw(source, [shape, 5, 3, 31, 0]), 64);
      const down = moments(draw(source, [shape, 5, 3, 0, 31]), 64);
      expect([right.x - from.x, right.y - from.y, right.total]).toEqual([
        expect.closeTo(32, 9),
        expect.closeTo(0, 9),
        from.total,
      ]);
      expect([down.x - from.x, down.y - from.y, down.total]).toEqual([
        expect.closeTo(0, 9),
        expect.closeTo(32, 9),
        from.total,
      ]);
    }
  });

  test('scale changes the size and keeps the place', () => {
    for (const shape of [0, 1]) {
      const images = [0, 1, 2, 3, 4, 5].map((scale) => moments(draw(source, [shape, scale, 0, 16, 16]), 64));
      for (let i = 1; i < images.length; i++) {
        expect(images[i].spreadX).toBeGreaterThan(images[i - 1].spreadX);
        expect(images[i].spreadY).toBeGreaterThan(images[i - 1].spreadY);
        expect(Math.hypot(images[i].x - images[0].x, images[i].y - images[0].y)).toBeLessThan(0.35);
      }
    }
  });

  test('orientation turns the picture counter-clockwise about its centre', () => {
    const ellipse = (orientation: number) => moments(draw(source, [1, 5, orientation, 0, 0]), 64);
    const [flat, upright] = [ellipse(0), ellipse(10)]; // 10 / 39 of a turn: nearly upright
    expect(flat.spreadX).toBeGreaterThan(1.5 * flat.spreadY);
    expect(upright.spreadY).toBeGreaterThan(1.5 * upright.spreadX);
    expect(Math.abs(upright.total - flat.total)).toBeLessThan(0.03 * flat.total);
    // The heart's mass lies above its centre of mass's box when upright; a quarter turn brings its top to the left.
    const heart = (orientation: number) => moments(draw(source, [2, 5, orientation, 16, 16]), 64);
    const [up, left] = [heart(0), heart(10)];
    const centre = 16 + (32 * 16) / 31;
    expect(Math.abs(up.x - centre)).toBeLessThan(0.1);
    expect(up.y - centre).not.toBeCloseTo(0, 1);
    expect(Math.sign(left.x - centre)).toBe(Math.sign(up.y - centre));
  });

  test.each([16, 20, 32, 48, 63])('size %i shows the same scene', (size) => {
    const small = new Shapes2dImages(full, size, 1);
    for (const factors of [
      [0, 5, 0, 0, 31],
      [1, 5, 7, 12, 3],
      [2, 5, 20, 31, 16],
    ]) {
      const [a, b] = [moments(draw(source, factors), 64), moments(draw(small, factors), size)];
      // To half a pixel of the smaller picture.
      const distance = Math.max(Math.abs((b.x * 64) / size - a.x), Math.abs((b.y * 64) / size - a.y));
      expect(distance).toBeLessThan(32 / size);
      expect(b.total * (64 / size) ** 2).toBeGreaterThan(0.6 * a.total);
      expect(b.total * (64 / size) ** 2).toBeLessThan(1.4 * a.total);
    }
  });

  test('a factor of one value: upright, full size, in the middle', () => {
    const single: FactorGrid = { shape: 1, scale: 1, orientation: 1, posX: 1, posY: 1 };
    const image = moments(draw(new Shapes2dImages(single, 64, 1), [0, 0, 0, 0, 0]), 64);
    expect([image.total, image.x, image.y]).toEqual([400, expect.closeTo(32, 9), expect.closeTo(32, 9)]);
  });

  test('three channels hold the same grey picture', () => {
    const rgb = draw(new Shapes2dImages(full, 16, 3), [2, 5, 3, 7, 9]);
    const grey = draw(new Shapes2dImages(full, 16, 1), [2, 5, 3, 7, 9]);
    grey.forEach((value, at) => {
      expect([...rgb.subarray(at * 3, at * 3 + 3)]).toEqual([value, value, value]);
    });
  });

  test('row-major indices: posY fastest, all combinations once', () => {
    const sizes = source.tables.sizes;
    expect(combinationCount(sizes)).toBe(737_280);
    expect(factorsAt(0, sizes)).toEqual([0, 0, 0, 0, 0]);
    expect(factorsAt(33, sizes)).toEqual([0, 0, 0, 1, 1]);
    expect(factorsAt(737_279, sizes)).toEqual([2, 5, 39, 31, 31]);
    expect(source.factors.map(({ name }) => name)).toEqual(Object.keys(full));
  });

  test('a batch depends on seed, stream and step alone', () => {
    const batch = (seed: number, step: number) => {
      const out = new Float32Array(4 * source.imageLength);
      source.drawBatch(seed, streams.batch1, step, 4, out);
      return out;
    };
    expect(batch(1, 2)).toEqual(batch(1, 2));
    expect(batch(1, 2)).not.toEqual(batch(1, 3));
    expect(batch(1, 2)).not.toEqual(batch(2, 2));
  });
});
