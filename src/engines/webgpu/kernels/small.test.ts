import { beforeAll, describe, expect, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../../../cli/webgpuDriver.ts';
import { streams } from '../../../data/random/philox.ts';
import { permutations } from '../../../data/random/random.ts';
import { leakySlope, negativeSlope } from '../../../model/layers.ts';
import * as reference from '../../reference/operations.ts';
import { padded } from '../paddedLayout.ts';
import { adam, tableEntry } from './adam.ts';
import { biasGradients } from './biasGradients.ts';
import { findNonFinite } from './finite.ts';
import { reals, restingLive, runKernel } from './harness.ts';
import { permuteCodes, reparameterise, reparameteriseGradient, sampleAndPermute } from './latent.ts';
import {
  discriminatorLoss,
  logitDifferenceGradient,
  pixelProbabilities,
  reconstructionLoss,
  reconstructionPartials,
} from './losses.ts';
import { type MetricSource, metricsRow } from './metrics.ts';
import { sumGradients } from './sumGradients.ts';
import { noise, padRows, poison, worstError } from './testNumbers.ts';

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
  const plain = noise(batch * 2 * latents, 1).map((value) => 2 * value);
  const posterior = padRows(plain, latents, width);
  const epsilon = noise(batch * latents, 2);
  const { z, divergence } = reference.reparameterise(plain, epsilon, latents);

  test('reparameterise', async () => {
    const out = await runKernel(device, reparameterise(batch, latents), {
      posterior,
      noise: epsilon,
      z: poison(batch * width),
      divergence: poison(batch * latents),
    });
    expect(worstError(reals(out.z), padRows(z, latents, width))).toBeLessThan(1e-5);
    expect(worstError(reals(out.divergence), divergence)).toBeLessThan(1e-5);
  });

  test('permute', async () => {
    const permutation = new Int32Array(latents * batch);
    for (let j = 0; j < latents; j++)
      for (let i = 0; i < batch; i++) permutation[j * batch + i] = (i * (j + 1) + j) % batch;
    const out = await runKernel(device, sampleAndPermute(batch, latents), {
      posterior,
      noise: epsilon,
      permutation,
      z: poison(batch * width),
    });
    const expected = padRows(reference.permute(z, permutation, latents), latents, width);
    expect(worstError(reals(out.z), expected)).toBeLessThan(1e-5);
  });

  test('permuted codes of the same batch, behind them', async () => {
    const permutation = Int32Array.from(permutations(3, streams.permutation, 5, latents, batch));
    const first = batch + 3;
    const codes = Float32Array.from([
      ...padRows(z, latents, width),
      ...poison(3 * width),
      ...poison(batch * width),
    ]);
    const out = await runKernel(device, permuteCodes(batch, latents, first), { permutation, z: codes });
    const after = reals(out.z);
    expect([...after.subarray(0, first * width)]).toEqual([...codes.subarray(0, first * width)]);
    const expected = padRows(reference.permute(z, permutation, latents), latents, width);
    expect([...after.subarray(first * width)]).toEqual([...expected]);
  });

  test.each([1, 2])('gradient of the posterior, from %i gradients of codes', async (count) => {
    const gradients = Array.from({ length: count }, (_, g) => noise(batch * latents, 3 + g));
    const dz = z.map((_, i) => gradients.reduce((sum, gradient) => sum + gradient[i], 0));
    const expected = reference.posteriorGradient(plain, epsilon, dz, 4, latents);
    const kernel = reparameteriseGradient(batch, latents, count, 5);
    const named = gradients.map((gradient, g) => [`codes${g}`, padRows(gradient, latents, width)]);
    const buffers = { noise: epsilon, ...Object.fromEntries(named), posterior };
    const values = [0, 0, 0, 0, 0, 4];
    const out = await runKernel(device, kernel, buffers, { ...restingLive, values });
    expect(worstError(reals(out.posterior), padRows(expected, latents, width))).toBeLessThan(1e-5);
  });
});

describe('losses', () => {
  test.each([
    [3, 3 * 18 * 18 * 3],
    [2, 2 * 16 * 16],
  ])('reconstruction, batch %i, %i numbers', async (batch, pixels) => {
    const logits = noise(pixels, 5).map((value) => 30 * value ** 3);
    const images = noise(pixels, 6).map((value) => (value > 0.4 ? 1 : 0));
    const expected = reference.reconstructionLoss(logits, images, batch);
    const partials = poison(reconstructionPartials(pixels));
    const kernel = reconstructionLoss(batch, pixels);
    const out = await runKernel(device, kernel, { images, logits, partials });
    const sum = reals(out.partials).reduce((total, part) => total + part, 0);
    expect(Math.abs(sum / expected.sum - 1)).toBeLessThan(1e-5);
    expect(worstError(reals(out.logits), expected.gradient)).toBeLessThan(1e-6);
    const probabilities = await runKernel(device, pixelProbabilities(pixels, true), { logits });
    expect(worstError(reals(probabilities.logits), logits.map(reference.logistic))).toBeLessThan(1e-6);
  });

  test('gradient of the difference of logits', async () => {
    const [batch, width] = [5, 36];
    const weight = noise(2 * width, 7);
    const hidden = noise(batch * width, 8);
    const live = { ...restingLive, values: [0, 35] };
    const out = await runKernel(
      device,
      logitDifferenceGradient(batch, width, 'leakyRelu', 1),
      { weight: padRows(weight, 2, 4), hidden, gradient: poison(batch * width) },
      live,
    );
    const expected = reference.logitDifferenceGradient(weight, hidden, 35, batch, leakySlope);
    expect(worstError(reals(out.gradient), expected)).toBeLessThan(1e-5);
  });

  test.each([7, 16, 33])('discriminator, batch %i', async (batch) => {
    const secondRow = Math.ceil(batch / 16) * 16;
    const logits = noise(4 * batch, 9).map((value) => 10 * value ** 3);
    // Each half's rows, and behind them those that hold no sample.
    const spread = (numbers: ArrayLike<number>, empty: number) => {
      const rows = padRows(numbers, 2, 4);
      const all = new Float32Array(8 * secondRow).fill(empty);
      all.set(rows.subarray(0, 4 * batch));
      all.set(rows.subarray(4 * batch), 4 * secondRow);
      return all;
    };
    const expected = reference.discriminatorLoss(logits, batch);
    const buffers = { logits: spread(logits, 0.5), terms: poison(8 * batch) };
    const out = await runKernel(device, discriminatorLoss(batch, secondRow), buffers);
    expect(worstError(reals(out.logits), spread(expected.gradient, 0))).toBeLessThan(1e-6);
    expect(worstError(reals(out.terms), expected.terms)).toBeLessThan(1e-5);
  });

  test("a discriminator's loss and the row of metrics that shows it, in one", async () => {
    const [batch, secondRow] = [37, 48];
    const logits = noise(8 * secondRow, 13).map((value) => 10 * value ** 3);
    const apart = await runKernel(device, discriminatorLoss(batch, secondRow), {
      logits,
      terms: poison(8 * batch),
    });
    const mean = (term: 'loss' | 'difference', count: number): MetricSource => ({
      kind: 'term',
      buffer: 0,
      term,
      count,
      scale: 1 / count,
    });
    const sources = [mean('loss', 2 * batch), mean('difference', batch)];
    const row = await runKernel(device, metricsRow(sources, []), {
      terms0: reals(apart.terms),
      rows: poison(2),
    });
    const kernel = metricsRow(sources, [], { buffer: 0, batch, secondRow });
    const both = await runKernel(device, kernel, { terms0: poison(8 * batch), rows: poison(2), logits });
    expect(both.terms0).toEqual(apart.terms);
    expect(both.logits).toEqual(apart.logits);
    expect(both.rows).toEqual(row.rows);
  });

  test.each([true, false])('metrics row, terms %s', async (withTerms) => {
    const [batch, latents, partials] = [7, 3, 300];
    const sums0 = noise(partials, 10);
    const divergence0 = noise(batch * latents, 11);
    const terms0 = noise(8 * batch, 12);
    const term = (name: 'loss' | 'right' | 'difference', count: number): MetricSource =>
      withTerms ? { kind: 'term', buffer: 0, term: name, count, scale: 1 / count } : { kind: 'missing' };
    const kernel = metricsRow(
      [
        { kind: 'sum', buffer: 0, length: partials, scale: 1 / batch },
        { kind: 'divergence', buffer: 0 },
        term('difference', batch),
        term('loss', 2 * batch),
        term('right', 2 * batch),
        { kind: 'live', index: 1 },
        { kind: 'divergencePerLatent', buffer: 0 },
        { kind: 'live', index: 0 },
      ],
      [{ batch, latents }],
    );
    const width = 7 + latents;
    const buffers = { sums0, ...(withTerms ? { terms0 } : {}), divergence0, rows: poison(3 * width) };
    const live = { ...restingLive, metricsRow: 1, values: [2.5, 1.5] };
    const all = reals((await runKernel(device, kernel, buffers, live)).rows);
    const row = all.subarray(width, 2 * width);
    const total = (values: ArrayLike<number>, start: number, step: number, count: number) =>
      Array.from({ length: count }, (_, i) => values[start + i * step]).reduce((a, b) => a + b, 0);
    const kl = Array.from({ length: latents }, (_, j) => total(divergence0, j, latents, batch) / batch);
    const ifMeasured = (value: number) => (withTerms ? value : Number.NaN);
    const expected = [
      total(sums0, 0, 1, partials) / batch,
      kl.reduce((a, b) => a + b, 0),
      ifMeasured(total(terms0, 2, 4, batch) / batch),
      ifMeasured(total(terms0, 0, 4, 2 * batch) / (2 * batch)),
      ifMeasured(total(terms0, 1, 4, 2 * batch) / (2 * batch)),
      1.5,
      ...kl,
      2.5,
    ];
    expected.forEach((value, i) => {
      if (Number.isNaN(value)) expect(row[i]).toBeNaN();
      else expect(row[i]).toBeCloseTo(value, 5);
    });
    expect([...all.subarray(0, width), ...all.subarray(2 * width)].every(Number.isNaN)).toBe(true);
  });
});

test.each([
  ['none', false],
  ['relu', true],
  ['leakyRelu', false],
] as const)('gradients of two heads, summed through %s, in place %s', async (activation, inPlace) => {
  const length = 88;
  const [term0, term1, output] = [noise(length, 21), noise(length, 22), noise(length, 23)];
  const masks = activation !== 'none' && !inPlace;
  const out = await runKernel(device, sumGradients(length, 2, activation, inPlace), {
    term0,
    term1,
    ...(masks ? { mask: output } : {}),
    result: inPlace ? output : poison(length),
  });
  const slope = negativeSlope(activation) ?? 1;
  const expected = Array.from(output, (value, i) => (term0[i] + term1[i]) * (value > 0 ? 1 : slope));
  expect(worstError(reals(out.result), expected)).toBeLessThan(1e-6);
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
  const live = { ...restingLive, values: [0, 0, 0, 0.01, 1.3] };
  const out = await runKernel(
    device,
    adam(3, length, betas),
    { gradients, table, parameters: p, firstMoment: m, secondMoment: v },
    live,
  );
  const expected = Array.from(p, (parameter, i) => {
    const { offset, parts, stride } = places[Math.floor(i / 64)];
    let gradient = 0;
    for (let part = 0; part < parts; part++) gradient += gradients[offset + part * stride + (i % 64)];
    return reference.adam(parameter, gradient, m[i], v[i], betas, 0.01, 1.3);
  });
  expect(
    worstError(
      reals(out.parameters),
      expected.map((e) => e.parameter),
    ),
  ).toBeLessThan(1e-6);
  expect(
    worstError(
      reals(out.firstMoment),
      expected.map((e) => e.m),
    ),
  ).toBeLessThan(1e-6);
  expect(
    worstError(
      reals(out.secondMoment),
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
  const named = inputs.map((rows, i) => [`rows${i}`, rows]);
  const buffers = { ...Object.fromEntries(named), gradients: poison(384) };
  const out = reals((await runKernel(device, biasGradients(biases), buffers)).gradients);
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
  const { flag } = await runKernel(device, findNonFinite(parameters.length), {
    parameters,
    flag: new Uint32Array(4),
  });
  expect(flag[0]).toBe(found);
});

test('a buffer by another name, or one too few, is refused', async () => {
  const logits = noise(16, 24);
  const kernel = reconstructionLoss(2, 16);
  const partials = poison(1);
  const swapped = runKernel(device, kernel, { image: logits, logits, partials });
  await expect(swapped).rejects.toThrow(/takes images, logits, partials, not image, logits, partials/);
  await expect(runKernel(device, kernel, { logits, partials })).rejects.toThrow(/takes images/);
});
