import { expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import type { RunConfig } from '../../config/schema.ts';
import { stepFlops } from '../../plan/stepFlops.ts';
import { vaeModel } from './model.ts';

/** One convolution of 16 pixels to 8, so that every layer's links are easily counted. */
const config: RunConfig = {
  ...presets.tiny,
  convWidths: [3],
  denseWidth: 5,
  latents: 2,
  discriminatorWidth: 7,
  discriminatorDepth: 1,
  batchSize: 4,
};
const picture = 16 * 8 * 8 * 3;
const flat = 3 * 8 * 8;
const [encoderRest, decoder] = [flat * 5 + 5 * 4, 2 * 5 + 5 * flat + picture];
const [hidden, logits] = [2 * 7, 7 * 2];

test.each<[string, Partial<RunConfig>, number]>([
  // Forward, by weight and by input; nobody asks for the gradient by an image.
  ['beta-VAE', { objective: 'betaVae' }, 2 * picture + 3 * (encoderRest + decoder)],
  // The discriminator: forward on both halves, TC's gradient by the code, and both halves' by weight and logits' input.
  [
    'FactorVAE, one batch',
    { permutedBatch: 'first' },
    2 * picture + 3 * (encoderRest + decoder) + (2 + 1 + 2) * hidden + (2 + 1 + 4) * logits,
  ],
  [
    'FactorVAE, two batches',
    { permutedBatch: 'second' },
    3 * picture + 4 * encoderRest + 3 * decoder + (2 + 1 + 2) * hidden + (2 + 1 + 4) * logits,
  ],
])('a step’s arithmetic is that of its products: %s', (_, settings, links) => {
  expect(stepFlops(vaeModel({ ...config, ...settings }).plan)).toBe(2 * config.batchSize * links);
});
