import { beforeAll, describe, expect, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../../../cli/webgpuDriver.ts';
import { streams } from '../../../data/random/philox.ts';
import { generatorInputs, uniforms } from '../../../data/random/random.ts';
import * as reference from '../../reference/operations.ts';
import { padded } from '../paddedLayout.ts';
import { gradientPenalty, imageGradient, informationLoss, mixImages, scoreLoss } from './adversarial.ts';
import { drawUniforms } from './drawUniforms.ts';
import { reals, restingLive, runKernel } from './harness.ts';
import { pixelProbabilities } from './losses.ts';
import { noise, padRows, poison, worstError } from './testNumbers.ts';

let webgpu: NodeWebGpu;
let device: GPUDevice;
beforeAll(async () => {
  webgpu = await openNodeWebGpu('swiftshader');
  device = await webgpu.adapter.requestDevice();
});

const live = { ...restingLive, values: [0, 7] };

describe('images that a generator makes', () => {
  test('their pixels, and the gradient by its logits', async () => {
    const logits = noise(300, 1).map((value) => 20 * value ** 3);
    const gradient = noise(300, 2);
    const made = reals(
      (await runKernel(device, pixelProbabilities(300, false), { logits, images: poison(300) })).images,
    );
    const expected = logits.map(reference.logistic);
    expect(worstError(made, expected)).toBeLessThan(1e-6);
    const buffers = { gradient, images: made, logits: poison(300) };
    const out = await runKernel(device, imageGradient(300), buffers);
    expect(
      worstError(
        reals(out.logits),
        gradient.map((g, i) => g * expected[i] * (1 - expected[i])),
      ),
    ).toBeLessThan(1e-6);
  });

  test('are mixed with real ones, each sample by its own share', async () => {
    const [batch, length, group] = [3, 20, 16 * 20];
    const mix = Float32Array.of(0, 0.25, 1);
    const images = poison(3 * group);
    images.set(noise(batch * length, 3));
    images.set(noise(batch * length, 4), group);
    const after = reals((await runKernel(device, mixImages(batch, length, group), { mix, images })).images);
    for (let i = 0; i < batch * length; i++) {
      const share = mix[Math.floor(i / length)];
      expect(after[2 * group + i]).toBeCloseTo(share * images[i] + (1 - share) * images[group + i], 6);
    }
    expect(after.subarray(0, 2 * group)).toEqual(images.subarray(0, 2 * group));
  });
});

test('scores give way to constants, and rows without a sample to 0', async () => {
  const [batch, stride] = [5, 16];
  const groups = [
    { gradient: -1 / batch, factor: 1 },
    { gradient: 1 / batch, factor: -1 },
    { gradient: 1, factor: 0 },
  ];
  const scores = noise(4 * 3 * stride, 5);
  const buffers = { scores, terms: poison(4 * batch) };
  const out = await runKernel(device, scoreLoss(batch, stride, groups), buffers);
  const of = (group: number) =>
    Float32Array.from({ length: batch }, (_, row) => scores[4 * (group * stride + row)]);
  const expected = reference.scoreTerms([of(0), of(1), of(2)], groups);
  expect(worstError(reals(out.terms), expected)).toBeLessThan(1e-6);
  reals(out.scores).forEach((value, i) => {
    const [row, group] = [Math.floor(i / 4) % stride, Math.floor(i / (4 * stride))];
    expect(value).toBeCloseTo(i % 4 === 0 && row < batch ? groups[group].gradient : 0, 7);
  });
});

test.each([
  { codes: 3, categories: 4, noise: 2 },
  { codes: 5, categories: 0, noise: 0 },
])('information of codes and of a category: %o', async (of) => {
  const batch = 6;
  const width = of.codes + of.categories;
  const inference = noise(batch * width, 6).map((value) => 3 * value);
  const inputs = generatorInputs(1, streams.criticInput, 2, batch, of);
  const expected = reference.informationLoss(inference, inputs, of, 7);
  const out = await runKernel(
    device,
    informationLoss(batch, of, 1),
    {
      inference: padRows(inference, width, padded(width)),
      inputs: padRows(inputs, width + of.noise, padded(width + of.noise)),
      terms: poison(4 * batch),
      errors: poison(batch * of.codes),
    },
    live,
  );
  expect(worstError(reals(out.inference), padRows(expected.gradient, width, padded(width)))).toBeLessThan(
    1e-5,
  );
  expect(worstError(reals(out.terms), expected.terms)).toBeLessThan(1e-5);
  expect(worstError(reals(out.errors), expected.errors)).toBeLessThan(1e-5);
});

test('the penalty of gradients, also of one that is 0', async () => {
  const [batch, length] = [4, 18 * 18 * 3];
  const gradient = noise(batch * length, 7).map((value, i) => (i < length ? 0 : value / 10));
  const expected = reference.gradientPenalty(gradient, batch, 7);
  const buffers = { gradient, tangent: poison(batch * length), terms: poison(4 * batch) };
  const out = await runKernel(device, gradientPenalty(batch, length, 1), buffers, live);
  expect(worstError(reals(out.tangent), expected.tangent)).toBeLessThan(1e-6);
  expect(worstError(reals(out.terms), expected.terms)).toBeLessThan(1e-5);
});

test.each([
  [7, { codes: 3, categories: 3, noise: 2 }],
  [64, { codes: 5, categories: 0, noise: 5 }],
])('inputs of generators and reals as TypeScript draws them, bit for bit: %i, %o', async (rows, of) => {
  const [seed, draw] = [0xfedcba98, 299_999];
  const length = of.codes + of.categories + of.noise;
  const kernel = drawUniforms(
    [{ stream: streams.mix, count: rows }],
    [{ stream: streams.generatorInput, rows, of }],
  );
  const buffers = { reals0: poison(rows), inputs0: poison(rows * padded(length)) };
  const out = await runKernel(device, kernel, buffers, { ...restingLive, seed, draw });
  expect(reals(out.reals0)).toEqual(uniforms(seed, streams.mix, draw, rows));
  const inputs = generatorInputs(seed, streams.generatorInput, draw, rows, of);
  expect(reals(out.inputs0)).toEqual(padRows(inputs, length, padded(length)));
});
