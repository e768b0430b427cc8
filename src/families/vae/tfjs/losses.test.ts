import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startTfjsInNodeIfAny } from '../../../../cli/nodeTfjs.ts';
import { tfjsEngines } from '../../../config/engines.ts';
import { streams } from '../../../data/random/philox.ts';
import { normals } from '../../../data/random/random.ts';
import { softplus } from '../../../engines/reference/operations.ts';
import { selectBackend } from '../../../engines/tfjs/backends.ts';
import type { TfjsInfo } from '../../../engines/tfjs/tfjsInfo.ts';
import { discriminatorLoss, klPerLatent, reconstructionLoss, totalCorrelation } from './losses.ts';

/** Relative; single precision holds a number to 6e-8. */
const tolerance = 1e-6;

/** An untrained model's numbers are nearly equal, so that a sum in single precision errs to one side at every addition. */
const spreads = [0, 0.01, 3];

const pictures = [
  { batch: 2, size: 16, channels: 1 },
  { batch: 4, size: 64, channels: 3 },
  { batch: 64, size: 64, channels: 3 },
  { batch: 33, size: 48, channels: 1 },
  { batch: 512, size: 16, channels: 3 },
] as const;

const codes = [
  { batch: 2, latents: 1 },
  { batch: 64, latents: 10 },
  { batch: 509, latents: 32 },
  { batch: 512, latents: 4 },
] as const;

const numbers = (key: number, count: number, spread: number, middle: number) =>
  normals(1, streams.noise1, key, count).map((value) => middle + spread * value);

const meanOf = (values: Iterable<number>) => {
  let [sum, count] = [0, 0];
  for (const value of values) [sum, count] = [sum + value, count + 1];
  return sum / count;
};

async function expectClose(result: tf.Tensor, expected: readonly number[]): Promise<void> {
  const actual = await result.data();
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i] / value - 1), `${actual[i]} against ${value}`).toBeLessThan(tolerance);
  });
}

describe.each(tfjsEngines.filter((name) => name !== 'tfjs-webgl'))(
  'losses on %s keep their digits',
  (name) => {
    let runsOn: TfjsInfo | null;
    beforeAll(async () => {
      runsOn = await startTfjsInNodeIfAny(name);
    });

    describe.each(spreads)('numbers that differ by %d', (spread) => {
      test.for(pictures)(
        'reconstruction of $batch pictures of $size px, $channels channels',
        async (shape, { skip }) => {
          selectBackend(runsOn ?? skip());
          const { batch, size, channels } = shape;
          const count = batch * size * size * channels;
          const logits = numbers(0, count, spread, 0.05);
          const images = logits.map((_, i) => (i % 7 === 0 ? 1 : 0));
          let sum = 0;
          for (let i = 0; i < count; i++) sum += softplus(logits[i]) - logits[i] * images[i];
          const place: [number, number, number, number] = [batch, size, size, channels];
          const loss = tf.tidy(() =>
            reconstructionLoss(tf.tensor4d(logits, place), tf.tensor4d(images, place)),
          );
          await expectClose(loss, [sum / batch]);
          loss.dispose();
        },
      );

      test.for(codes)('$batch codes of $latents latents', async ({ batch, latents }, { skip }) => {
        selectBackend(runsOn ?? skip());
        const mean = numbers(1, batch * latents, spread, 1.3);
        const logVariance = numbers(2, batch * latents, spread, -1.7);
        const kl = Array.from({ length: latents }, (_, j) =>
          meanOf(
            Array.from({ length: batch }, (_, row) => {
              const at = row * latents + j;
              return 0.5 * (mean[at] ** 2 + Math.exp(logVariance[at]) - 1 - logVariance[at]);
            }),
          ),
        );
        const joint = numbers(3, batch, spread, 0.3).map(Math.abs);
        const permuted = numbers(4, batch, spread, -0.2);
        const expected = 0.5 * (meanOf(joint.map((x) => softplus(-x))) + meanOf(permuted.map(softplus)));
        const results = tf.tidy(() => ({
          kl: klPerLatent({
            mean: tf.tensor2d(mean, [batch, latents]),
            logVariance: tf.tensor2d(logVariance, [batch, latents]),
          }),
          correlation: totalCorrelation(tf.tensor1d(joint)),
          loss: discriminatorLoss(tf.tensor1d(joint), tf.tensor1d(permuted)),
        }));
        await expectClose(results.kl, kl);
        await expectClose(results.correlation, [meanOf(joint)]);
        await expectClose(results.loss, [expected]);
        tf.dispose(results);
      });
    });
  },
);
