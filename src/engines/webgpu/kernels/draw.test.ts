import { beforeAll, describe, expect, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../../../cli/webgpuDriver.ts';
import type { Images } from '../../../data/dataset.ts';
import { someImages } from '../../../data/own/someImages.fixture.ts';
import { streams } from '../../../data/random/philox.ts';
import { normals, permutations } from '../../../data/random/random.ts';
import { Shapes2dImages } from '../../../data/shapes2d/images.ts';
import { heartTable, outlineModule } from '../../../data/shapes2d/outlines.wgsl.ts';
import { columns } from '../../../data/shapes2d/shapes2d.ts';
import { Shapes3dImages } from '../../../data/shapes3d/images.ts';
import { drawImages, drawingTables } from './drawImages.ts';
import { drawRandomness } from './drawRandomness.ts';
import { reals, restingLive, runKernel } from './harness.ts';
import { threadKernel } from './kernel.ts';
import { liveDeclaration } from './live.ts';
import { philoxModule } from './random.wgsl.ts';
import { poison, worstError } from './testNumbers.ts';

let webgpu: NodeWebGpu;
let device: GPUDevice;
beforeAll(async () => {
  webgpu = await openNodeWebGpu('swiftshader');
  device = await webgpu.adapter.requestDevice();
});

const grid = { shape: 3, scale: 6, orientation: 40, posX: 32, posY: 32 };

async function expectDrawn(source: Images, batch: number, most = 2 ** 27): Promise<void> {
  const length = batch * source.imageLength;
  const live = { ...restingLive, seed: 0xfedcba98, draw: 299_999 };
  const { tables, pixels } = drawingTables(source, most);
  if (most < 2 ** 27) expect(pixels).toHaveLength(3);
  const ofPixels = pixels.map((bytes, p) => [`pixels${p}`, new Uint32Array(bytes.slice().buffer)]);
  const buffers = { tables, ...Object.fromEntries(ofPixels), batch0: poison(length), batch1: poison(length) };
  const drawn = [streams.batch1, streams.batch2];
  const out = await runKernel(device, drawImages(source, batch, drawn, most), buffers, live);
  for (const [i, stream] of drawn.entries()) {
    const expected = new Float32Array(length);
    source.drawBatch(live.seed, stream, live.draw, batch, expected);
    expect(out[`batch${i}`]).toEqual(new Uint32Array(expected.buffer));
  }
}

describe('batches drawn by the GPU are those of the TypeScript generator, bit for bit', () => {
  test.each([
    { size: 64, channels: 1, batch: 33, grid },
    { size: 18, channels: 3, batch: 7, grid: { ...grid, orientation: 1, posX: 5 } },
    { size: 32, channels: 1, batch: 64, grid: { ...grid, shape: 1, scale: 1 } },
  ])('$size x $size x $channels, batch $batch', async ({ size, channels, batch, grid }) => {
    await expectDrawn(new Shapes2dImages(grid, size, channels), batch);
  });

  test('3D Shapes', async () => {
    const grid = {
      floorHue: 10,
      wallHue: 7,
      objectHue: 3,
      objectScale: 2,
      objectShape: 4,
      viewOrientation: 3,
    };
    await expectDrawn(new Shapes3dImages(grid, 32), 33);
  });

  test.each([
    { size: 16, channels: 3, bits: 8 },
    { size: 16, channels: 1, bits: 1 },
    { size: 32, channels: 1, bits: 8 },
  ] as const)('a table: $size x $size x $channels of $bits bits', async ({ size, channels, bits }) => {
    const images = someImages(size, channels, bits, 41);
    await expectDrawn(images, 33);
    // In several buffers, where one may not have so many bytes; the last has few.
    await expectDrawn(images, 33, (size * size * channels * bits * 18) / 8);
  });
});

test('the outlines on the GPU are those of the tables, at every column of every shape', async () => {
  const { outline } = new Shapes2dImages(grid, 64, 1).tables;
  // Heights just outside and just inside the lower and the upper outline, then beyond any that a picture asks for.
  const places = 5 * columns;
  const kernel = threadKernel({
    label: 'outlines',
    buffers: [
      { name: 'tables', type: 'i32', access: 'read' },
      { name: 'heights', type: 'i32', access: 'read' },
      { name: 'inside', type: 'u32', access: 'write' },
    ],
    module: `${liveDeclaration}${philoxModule}${outlineModule(0)}`,
    threads: 3 * places,
    body: `  let at = 6u * i;
  for (var h = 0u; h < 6u; h++) {
    if (isInside(i / ${places}u, i % ${places}u, heights[at + h])) { inside[i] |= 1u << h; }
  }`,
  });
  const heights = new Int32Array(6 * 3 * places);
  const expected = new Uint32Array(3 * places);
  for (let shape = 0; shape < 3; shape++)
    for (let column = 0; column < places; column++) {
      const at = (shape * columns + column) * 2;
      const [low, high] = column < columns ? outline.subarray(at, at + 2) : [1, 0];
      const i = shape * places + column;
      heights.set([low - 1, low, high, high + 1, -1.3e9, 1.3e9], 6 * i);
      expected[i] = low <= high ? 0b000110 : 0;
    }
  const buffers = { tables: heartTable(), heights, inside: new Uint32Array(3 * places) };
  const out = await runKernel(device, kernel, buffers);
  expect(out.inside).toEqual(expected);
});

describe('noise and permutations', () => {
  const draw = async (seed: number, step: number, batch: number, latents: number) => {
    const count = batch * latents;
    const kernel = drawRandomness(
      [
        { stream: streams.noise1, count },
        { stream: streams.noise2, count },
      ],
      [{ stream: streams.permutation, latents, batch }],
    );
    const buffers = {
      noise0: poison(count),
      noise1: poison(count),
      permutation0: new Int32Array(count).fill(-1),
    };
    const out = await runKernel(device, kernel, buffers, { ...restingLive, seed, draw: step });
    return {
      noise1: reals(out.noise0),
      noise2: reals(out.noise1),
      permutation: new Int32Array(out.permutation0.buffer),
    };
  };

  test.each([
    [7, 3],
    [64, 10],
    [512, 32],
  ])('batch %i, %i latents', async (batch, latents) => {
    const { noise1, noise2, permutation } = await draw(77, 5, batch, latents);
    const count = batch * latents;
    expect(worstError(noise1, normals(77, streams.noise1, 5, count))).toBeLessThan(1e-5);
    expect(worstError(noise2, normals(77, streams.noise2, 5, count))).toBeLessThan(1e-5);
    expect(permutation).toEqual(permutations(77, streams.permutation, 5, latents, batch));
  });

  test('normals have the moments of a normal distribution', async () => {
    const { noise1 } = await draw(1, 2, 512, 32);
    const moment = (power: number) => noise1.reduce((sum, value) => sum + value ** power, 0) / noise1.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.04);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.06);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.4);
  });

  test('permutations are permutations, and uniform', async () => {
    // How often element i lands at place p, over many rows and steps: chi-square with (n - 1)^2 degrees of freedom.
    const [n, rows, steps] = [8, 32, 24];
    const counts = new Int32Array(n * n);
    for (let step = 0; step < steps; step++) {
      const { permutation } = await draw(9, step, n, rows);
      for (let row = 0; row < rows; row++) {
        const places = [...permutation.subarray(row * n, (row + 1) * n)];
        expect([...places].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
        places.forEach((from, to) => {
          counts[from * n + to]++;
        });
      }
    }
    const expected = (rows * steps) / n;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 49 degrees of freedom: 85.4 is exceeded once in a thousand.
    expect(chiSquare).toBeLessThan(85.4);
    expect(chiSquare).toBeGreaterThan(24.7);
  });
});
