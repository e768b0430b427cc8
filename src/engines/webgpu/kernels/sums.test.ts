import { beforeAll, describe, expect, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../../../cli/webgpuDriver.ts';
import { table } from '../../../settings/table.ts';
import { softplus } from '../../reference/operations.ts';
import { biasGradients, biasParts } from './biasGradients.ts';
import { reals, runKernel } from './harness.ts';
import { reconstructionLoss, reconstructionPartials } from './losses.ts';
import { type MetricSource, metricsRow } from './metrics.ts';
import { noise, poison } from './testNumbers.ts';

/** Sums of many numbers against double precision, up to the largest sizes that a run may have. */

// Held: the process ends when WebGPU is collected in use.
let webgpu: NodeWebGpu;
let device: GPUDevice;
beforeAll(async () => {
  webgpu = await openNodeWebGpu('swiftshader');
  device = await webgpu.adapter.requestDevice();
});

const pixelsOf = (batch: number, size: number, channels: number) => batch * size * size * channels;
const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

const pictures = [
  [2, 16, 1],
  [4, 64, 3],
  [64, 64, 3],
  [table.batchSize.max, table.imageSize.max, 3],
] as const;

describe.each(pictures)('batch %i of %i px, %i channels', (batch, size, channels) => {
  const pixels = pixelsOf(batch, size, channels);
  // Nearly equal numbers, as an untrained model has them, are the worst case of sums in single precision.
  test.each([0.01, 3])('the reconstruction of numbers that differ by %d', async (spread) => {
    const logits = noise(pixels, 21).map((value) => 0.05 + spread * value);
    const images = noise(pixels, 22).map((value) => (value > 0.4 ? 1 : 0));
    let sum = 0;
    for (let i = 0; i < pixels; i++) sum += softplus(logits[i]) - logits[i] * images[i];

    const parts = reconstructionPartials(pixels);
    const partials = poison(parts);
    const loss = await runKernel(device, reconstructionLoss(batch, pixels), { images, logits, partials });
    const kernel = metricsRow([{ kind: 'sum', buffer: 0, length: parts, scale: 1 / batch }], []);
    const out = await runKernel(device, kernel, { sums0: reals(loss.partials), rows: poison(1) });
    expect(relative(reals(out.rows)[0], sum / batch)).toBeLessThan(1e-6);
  });
});

test.each([2, 64, table.batchSize.max])('the metrics of %i codes', async (batch) => {
  const latents = table.latents.max;
  const divergence = noise(batch * latents, 23).map((value) => 0.7 + 0.01 * value);
  // Loss, hits, difference of the logits, nothing.
  const terms = noise(8 * batch, 24).map((value, i) => [0.7 + 0.01 * value, 1, 0.3 + 0.01 * value, 0][i % 4]);
  const mean = (term: 'loss' | 'right' | 'difference', count: number): MetricSource => ({
    kind: 'term',
    buffer: 0,
    term,
    count,
    scale: 1 / count,
  });
  const kernel = metricsRow(
    [
      { kind: 'divergence', buffer: 0 },
      mean('difference', batch),
      mean('loss', 2 * batch),
      mean('right', 2 * batch),
      { kind: 'divergencePerLatent', buffer: 0 },
    ],
    [{ batch, latents }],
  );
  const buffers = { divergence0: divergence, terms0: terms, rows: poison(4 + latents) };
  const row = reals((await runKernel(device, kernel, buffers)).rows);
  const meanOf = (values: Float32Array, keep: (i: number) => boolean) => {
    const kept = values.filter((_, i) => keep(i));
    return kept.reduce((sum, value) => sum + value, 0) / kept.length;
  };
  const near = (index: number, expected: number) => expect(relative(row[index], expected)).toBeLessThan(1e-6);
  for (let j = 0; j < latents; j++) {
    const expected = meanOf(divergence, (i) => i % latents === j);
    near(4 + j, expected);
  }
  const all = () => true;
  near(0, latents * meanOf(divergence, all));
  near(
    1,
    meanOf(terms, (i) => i % 4 === 2 && i < 4 * batch),
  );
  near(
    2,
    meanOf(terms, (i) => i % 4 === 0),
  );
  near(3, 1);
});

test.each([
  [64, 8],
  [4096, 3],
  [512 * 64 * 64, 3],
])('the gradient of a bias over %i rows of %i', async (rows, width) => {
  const bias = { rows, width, parts: biasParts(rows), offset: 0, stride: 16 };
  const gradient = noise(rows * width, 25).map((value) => 0.7 + 0.01 * value);
  const buffers = { rows0: gradient, gradients: poison(16 * bias.parts) };
  const { gradients } = await runKernel(device, biasGradients([bias]), buffers);
  const parts = reals(gradients);
  for (let column = 0; column < width; column++) {
    let [expected, actual] = [0, 0];
    for (let row = 0; row < rows; row++) expected += gradient[row * width + column];
    for (let part = 0; part < bias.parts; part++) actual += parts[16 * part + column];
    expect(relative(actual, expected)).toBeLessThan(2e-6);
  }
});
