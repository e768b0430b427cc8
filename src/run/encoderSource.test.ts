import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTfjs } from '../engines/tfjs/backends.ts';
import type { Trainer } from '../engines/trainer.ts';
import { createTfjsTrainer } from '../families/createTfjsTrainer.ts';
import { gridRows } from '../metrics/codeSample.ts';
import { EncoderSource, type Portion } from './encoderSource.ts';
import { smallRun } from './smallRun.fixture.ts';

/** A grid of 12 images. */
const config = { ...smallRun, factors: { shape: 3, scale: 1, orientation: 1, posX: 2, posY: 2 } };
const rows = gridRows([3, 1, 1, 2, 2]);

describe('the encoder of a run', () => {
  let trainer: Trainer;
  beforeAll(async () => {
    trainer = await createTfjsTrainer(config, await startTfjs('tfjs-cpu'));
    await trainer.train(5);
  });
  afterAll(() => trainer.dispose());
  const encode = (images: Float32Array) => trainer.encode(images);

  test.each([1, 5, 12, 1000])('gives the same posteriors in portions of %d', async (images) => {
    const whole = await new EncoderSource(config, { encode }).posteriors(rows);
    const source = new EncoderSource(config, { encode, portion: { images } });
    expect(await source.posteriors(rows)).toEqual(whole);
    expect(await source.means(rows)).toEqual(whole.mean);
    expect(source.images).toBe(24);
  });

  test('gives each image the code that it has alone', async () => {
    const source = new EncoderSource(config, { encode });
    const { mean } = await source.posteriors(rows);
    const alone = await source.means(rows.slice(7 * 5, 8 * 5));
    expect([...alone]).toEqual([...mean.subarray(7 * config.latents, 8 * config.latents)]);
  });

  test('asks a portion for its size before each turn and tells it what the turn took', async () => {
    const told: number[] = [];
    const portion: Portion = {
      images: 1,
      took(images, ms) {
        told.push(images);
        expect(ms).toBeGreaterThanOrEqual(0);
        Object.assign(this, { images: images * 2 });
      },
    };
    let turns = 0;
    const turn = (task: () => Promise<void>) => {
      turns++;
      return task();
    };
    await new EncoderSource(config, { encode, portion, turn }).means(rows);
    expect(told).toEqual([1, 2, 4, 5]);
    expect(turns).toBe(4);
  });

  test('rejects with what its turn rejects with', async () => {
    const source = new EncoderSource(config, { encode, turn: () => Promise.reject(new Error('stopped')) });
    await expect(source.means(rows)).rejects.toThrow('stopped');
    expect(source.images).toBe(0);
  });
});
