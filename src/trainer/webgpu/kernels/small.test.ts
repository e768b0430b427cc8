import { beforeAll, describe, expect, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../../../cli/webgpuDriver.ts';
import { streams } from '../../../data/philox.ts';
import { permutations } from '../../../data/random.ts';
import { klPerLatentIndex, metricColumns, metricWidth } from '../../../model/metricsRow.ts';
import { padded } from '../paddedLayout.ts';
import { adam, tableEntry } from './adam.ts';
import { biasGradients } from './biasGradients.ts';
import { findNonFinite } from './finite.ts';
import { reals, restingLive, runKernel } from './harness.ts';
import { permuteCodes, reparameterise, reparameteriseGradient, sampleAndPermute } from './latent.ts';
import {
  correlationGradient,
  discriminatorLoss,
  pixelProbabilities,
  reconstructionLoss,
  reconstructionPartials,
} from './losses.ts';
import { metricsRow } from './metrics.ts';
import {
  adamReference,
  correlationGradientReference,
  discriminatorLossReference,
  logistic,
  permuteReference,
  posteriorGradientReference,
  reconstructionReference,
  reparameteriseReference,
} from './small.reference.ts';
import { noise, poison, worstError } from './testNumbers.ts';

let webgpu: NodeWebGpu;
let device: GPUDevice;
beforeAll(async () => {
  webgpu = await openNodeWebGpu('swiftshader');
  device = await webgpu.adapter.requestDevice();
});

const shapes = [
  [7, 3],
  [16, 10],
] as const;

describe.each(shapes)('codes, batch %i, %i latents', (batch, latents) => {
  const width = padded(latents);
  const posterior = noise(batch * 2 * width, 1).map((value) => 2 * value);
  const epsilon = noise(batch * latents, 2);
  const { z, divergence } = reparameteriseReference(posterior, epsilon, latents);

  test('reparameterise', async () => {
    const buffers = [posterior, epsilon, poison(batch * width), poison(batch * latents)];
    const out = await runKernel(device, reparameterise(batch, latents), buffers);
    expect(worstError(reals(out[2]), z)).toBeLessThan(1e-5);
    expect(worstError(reals(out[3]), divergence)).toBeLessThan(1e-5);
  });

  test('permute', async () => {
    const permutation = new Int32Array(latents * batch);
    for (let j = 0; j < latents; j++)
      for (let i = 0; i < batch; i++) permutation[j * batch + i] = (i * (j + 1) + j) % batch;
    const buffers = [posterior, epsilon, permutation, poison(batch * width)];
    const out = await runKernel(device, sampleAndPermute(batch, latents), buffers);
    expect(worstError(reals(out[3]), permuteReference(z, permutation, latents))).toBeLessThan(1e-5);
  });

  test('permuted codes of the same batch, behind them', async () => {
    const permutation = Int32Array.from(permutations(3, streams.permutation, 5, latents, batch));
    const first = batch + 3;
    const codes = Float32Array.from([...z, ...poison(3 * width), ...poison(batch * width)]);
    const out = await runKernel(device, permuteCodes(batch, latents, first), [permutation, codes]);
    const after = reals(out[1]);
    expect([...after.subarray(0, first * width)]).toEqual([...codes.subarray(0, first * width)]);
    const expected = Float32Array.from(permuteReference(z, permutation, latents));
    expect([...after.subarray(first * width)]).toEqual([...expected]);
  });

  test.each([true, false])('gradient of the posterior, discriminator %s', async (discriminator) => {
    const decoder = noise(batch * width, 3);
    const correlation = noise(batch * width, 4);
    const dz = Float64Array.from(decoder, (value, i) => value + (discriminator ? correlation[i] : 0));
    const expected = posteriorGradientReference(posterior, epsilon, dz, 4, latents);
    const buffers = [epsilon, decoder, ...(discriminator ? [correlation] : []), posterior];
    const kernel = reparameteriseGradient(batch, latents, discriminator);
    const out = await runKernel(device, kernel, buffers, { ...restingLive, beta: 4 });
    expect(worstError(reals(out[buffers.length - 1]), expected)).toBeLessThan(1e-5);
  });
});

describe('losses', () => {
  test.each([
    [3, 3 * 18 * 18 * 3],
    [2, 2 * 16 * 16],
  ])('reconstruction, batch %i, %i numbers', async (batch, pixels) => {
    const logits = noise(pixels, 5).map((value) => 30 * value ** 3);
    const images = noise(pixels, 6).map((value) => (value > 0.4 ? 1 : 0));
    const expected = reconstructionReference(logits, images, batch);
    const buffers = [images, logits, poison(reconstructionPartials(pixels))];
    const out = await runKernel(device, reconstructionLoss(batch, pixels), buffers);
    const sum = reals(out[2]).reduce((total, part) => total + part, 0);
    expect(Math.abs(sum / expected.sum - 1)).toBeLessThan(1e-5);
    expect(worstError(reals(out[1]), expected.gradient)).toBeLessThan(1e-6);
    const [probabilities] = await runKernel(device, pixelProbabilities(pixels), [logits]);
    expect(worstError(reals(probabilities), logits.map(logistic))).toBeLessThan(1e-6);
  });

  test('gradient of the total correlation', async () => {
    const [batch, width] = [5, 36];
    const weight = noise(4 * width, 7);
    const hidden = noise(batch * width, 8);
    const live = { ...restingLive, gamma: 35 };
    const buffers = [weight, hidden, poison(batch * width)];
    const out = await runKernel(device, correlationGradient(batch, width), buffers, live);
    const expected = correlationGradientReference(weight, hidden, 35, batch);
    expect(worstError(reals(out[2]), expected)).toBeLessThan(1e-5);
  });

  test.each([7, 16, 33])('discriminator, batch %i', async (batch) => {
    const secondRow = Math.ceil(batch / 16) * 16;
    const logits = noise(8 * secondRow, 9).map((value) => 10 * value ** 3);
    const expected = discriminatorLossReference(logits, batch, secondRow);
    const out = await runKernel(device, discriminatorLoss(batch, secondRow), [logits, poison(8 * batch)]);
    expect(worstError(reals(out[0]), expected.gradient)).toBeLessThan(1e-6);
    expect(worstError(reals(out[1]), expected.terms)).toBeLessThan(1e-5);
  });

  test.each([true, false])('metrics row, discriminator %s', async (discriminator) => {
    const [batch, latents, partials] = [7, 3, 300];
    const width = metricWidth(latents);
    const sums = noise(partials, 10);
    const divergence = noise(batch * latents, 11);
    const terms = noise(8 * batch, 12);
    const rows = poison(3 * width);
    const buffers = [sums, divergence, ...(discriminator ? [terms] : []), rows];
    const live = { ...restingLive, metricsRow: 1, gamma: 2.5, beta: 1.5 };
    const out = await runKernel(device, metricsRow(batch, latents, partials, discriminator), buffers, live);
    const all = reals(out[buffers.length - 1]);
    const row = all.subarray(width, 2 * width);
    const total = (values: ArrayLike<number>, start: number, step: number, count: number) =>
      Array.from({ length: count }, (_, i) => values[start + i * step]).reduce((a, b) => a + b, 0);
    const kl = Array.from({ length: latents }, (_, j) => total(divergence, j, latents, batch) / batch);
    const ifMeasured = (value: number) => (discriminator ? value : Number.NaN);
    const expected = [
      total(sums, 0, 1, partials) / batch,
      kl.reduce((a, b) => a + b, 0),
      ifMeasured(total(terms, 2, 4, batch) / batch),
      ifMeasured(total(terms, 0, 4, 2 * batch) / (2 * batch)),
      ifMeasured(total(terms, 1, 4, 2 * batch) / (2 * batch)),
      2.5,
      1.5,
      ...kl,
    ];
    expect(metricColumns.length).toBe(klPerLatentIndex);
    expected.forEach((value, i) => {
      if (Number.isNaN(value)) expect(row[i]).toBeNaN();
      else expect(row[i]).toBeCloseTo(value, 5);
    });
    expect([...all.subarray(0, width), ...all.subarray(2 * width)].every(Number.isNaN)).toBe(true);
  });
});

test('Adam adds the parts of a gradient and follows PyTorch', async () => {
  const length = 192;
  const betas = [0.5, 0.9] as const;
  const [p, m, v] = [noise(length, 13), noise(length, 14), noise(length, 15).map(Math.abs)];
  const gradients = noise(64 * 6, 16);
  // The second block of parameters has three parts.
  const places = [
    { offset: 0, parts: 1, stride: 64 },
    { offset: 64, parts: 3, stride: 128 },
    { offset: 128, parts: 1, stride: 64 },
  ];
  const table = Uint32Array.from(places.flatMap((place) => [...tableEntry(place)]));
  const live = { ...restingLive, discriminatorRate: 0.01, discriminatorCorrection: 1.3 };
  const out = await runKernel(
    device,
    adam('discriminator', length, betas),
    [gradients, table, p, m, v],
    live,
  );
  const expected = Array.from(p, (parameter, i) => {
    const { offset, parts, stride } = places[Math.floor(i / 64)];
    let gradient = 0;
    for (let part = 0; part < parts; part++) gradient += gradients[offset + part * stride + (i % 64)];
    return adamReference(parameter, gradient, m[i], v[i], betas, 0.01, 1.3);
  });
  expect(
    worstError(
      reals(out[2]),
      expected.map((e) => e.parameter),
    ),
  ).toBeLessThan(1e-6);
  expect(
    worstError(
      reals(out[3]),
      expected.map((e) => e.m),
    ),
  ).toBeLessThan(1e-6);
  expect(
    worstError(
      reals(out[4]),
      expected.map((e) => e.v),
    ),
  ).toBeLessThan(1e-6);
});

test('bias gradients, in parts, of several layers', async () => {
  const biases = [
    { rows: 50, width: 8, parts: 3, offset: 0, stride: 64 },
    { rows: 9, width: 1, parts: 2, offset: 192, stride: 64 },
    { rows: 5, width: 3, parts: 1, offset: 320, stride: 64 },
  ];
  const inputs = biases.map(({ rows, width }, i) => noise(rows * width, 17 + i));
  const out = reals((await runKernel(device, biasGradients(biases), [...inputs, poison(384)]))[3]);
  biases.forEach(({ rows, width, parts, offset, stride }, b) => {
    for (let column = 0; column < width; column++) {
      let expected = 0;
      let actual = 0;
      for (let row = 0; row < rows; row++) expected += inputs[b][row * width + column];
      for (let part = 0; part < parts; part++) actual += out[offset + part * stride + column];
      expect(actual).toBeCloseTo(expected, 5);
    }
  });
});

test.each([
  ['finite', 0.5, 0],
  ['infinite', Number.NEGATIVE_INFINITY, 1],
  ['not a number', Number.NaN, 1],
])('looks for numbers that are not finite: %s', async (_, value, found) => {
  const parameters = noise(64 * 100, 20);
  parameters[5001] = value;
  const [, flag] = await runKernel(device, findNonFinite(parameters.length), [
    parameters,
    new Uint32Array(4),
  ]);
  expect(flag[0]).toBe(found);
});
