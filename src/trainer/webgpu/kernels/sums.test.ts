import { beforeAll, describe, expect, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../../../cli/webgpuDriver.ts';
import { limits } from '../../../config/schema.ts';
import { klPerLatentIndex, metricIndex, metricWidth } from '../../../model/metricsRow.ts';
import { biasGradients, biasParts } from './biasGradients.ts';
import { reals, restingLive, runKernel } from './harness.ts';
import { reconstructionLoss, reconstructionPartials } from './losses.ts';
import { metricsRow } from './metrics.ts';
import { softplus } from './small.reference.ts';
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
  [limits.batchSize.max, limits.imageSize.max, 3],
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
    const loss = await runKernel(device, reconstructionLoss(batch, pixels), [images, logits, poison(parts)]);
    const buffers = [reals(loss[2]), new Float32Array(batch), poison(metricWidth(1))];
    const out = await runKernel(device, metricsRow(batch, 1, parts, false), buffers);
    expect(relative(reals(out[2])[metricIndex('reconstruction')], sum / batch)).toBeLessThan(1e-6);
  });
});

test.each([2, 64, limits.batchSize.max])('the metrics of %i codes', async (batch) => {
  const latents = limits.latents.max;
  const divergence = noise(batch * latents, 23).map((value) => 0.7 + 0.01 * value);
  // Loss, hits, difference of the logits, nothing.
  const terms = noise(8 * batch, 24).map((value, i) => [0.7 + 0.01 * value, 1, 0.3 + 0.01 * value, 0][i % 4]);
  const buffers = [new Float32Array(1), divergence, terms, poison(metricWidth(latents))];
  const out = await runKernel(device, metricsRow(batch, latents, 1, true), buffers, restingLive);
  const row = reals(out[3]);
  const mean = (values: Float32Array, keep: (i: number) => boolean) => {
    const kept = values.filter((_, i) => keep(i));
    return kept.reduce((sum, value) => sum + value, 0) / kept.length;
  };
  const near = (index: number, expected: number) => expect(relative(row[index], expected)).toBeLessThan(1e-6);
  for (let j = 0; j < latents; j++)
    near(
      klPerLatentIndex + j,
      mean(divergence, (i) => i % latents === j),
    );
  near(metricIndex('kl'), latents * mean(divergence, () => true));
  near(
    metricIndex('discriminatorLoss'),
    mean(terms, (i) => i % 4 === 0),
  );
  near(metricIndex('discriminatorAccuracy'), 1);
  near(
    metricIndex('totalCorrelation'),
    mean(terms, (i) => i % 4 === 2 && i < 4 * batch),
  );
});

test.each([
  [64, 8],
  [4096, 3],
  [512 * 64 * 64, 3],
])('the gradient of a bias over %i rows of %i', async (rows, width) => {
  const bias = { rows, width, parts: biasParts(rows), offset: 0, stride: 16 };
  const gradient = noise(rows * width, 25).map((value) => 0.7 + 0.01 * value);
  const [, parts] = await runKernel(device, biasGradients([bias]), [gradient, poison(16 * bias.parts)]);
  for (let column = 0; column < width; column++) {
    let [expected, actual] = [0, 0];
    for (let row = 0; row < rows; row++) expected += gradient[row * width + column];
    for (let part = 0; part < bias.parts; part++) actual += reals(parts)[16 * part + column];
    expect(relative(actual, expected)).toBeLessThan(2e-6);
  }
});
