import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTfjs } from '../engines/tfjs/backends.ts';
import type { Trainer } from '../engines/trainer.ts';
import { createTfjsTrainer } from '../families/createTfjsTrainer.ts';
import { PictureMaker } from './pictures.ts';
import { smallRun } from './smallRun.fixture.ts';

describe.each([1, 3] as const)('pictures of a model of %d channels', (channels) => {
  const config = { ...smallRun, channels };
  let trainer: Trainer;
  let pictures: PictureMaker;
  beforeAll(async () => {
    trainer = await createTfjsTrainer(config, await startTfjs('tfjs-cpu'));
    await trainer.train(2);
    pictures = new PictureMaker(trainer);
  });
  afterAll(() => trainer.dispose());

  test('are the images, what becomes of them, and a row of traversals a latent, all of one step', async () => {
    const { step, inputs, reconstructions, traversal } = await pictures.draw();
    expect(step).toBe(2);
    expect([inputs.length, reconstructions.length, traversal.rows.length]).toEqual([8, 8, config.latents]);
    expect(traversal.values).toEqual([-3, -2.25, -1.5, -0.75, 0, 0.75, 1.5, 2.25, 3]);
    for (const row of traversal.rows) expect(row.length).toBe(9);
    for (const { width, height, pixels } of [...inputs, ...reconstructions, ...traversal.rows.flat()]) {
      expect([width, height]).toEqual([config.imageSize, config.imageSize]);
      expect(pixels.filter((_, at) => at % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
    }
    // An image of the data set has black ground and a shape that is not black.
    expect([...inputs[0].pixels.subarray(0, 3)]).toEqual([0, 0, 0]);
    expect(Math.max(...inputs[0].pixels.filter((_, at) => at % 4 === 0))).toBeGreaterThan(200);
  });

  test('of the same step are the same, whoever draws them', async () => {
    expect(await new PictureMaker(trainer).draw()).toEqual(await pictures.draw());
  });

  test('show in a traversal the code of the base image with one number replaced', async () => {
    const { traversal } = await pictures.draw();
    for (const [latent, column] of [
      [0, 0],
      [1, 4],
      [2, 8],
    ]) {
      const code = traversal.code.with(latent, traversal.values[column]);
      expect(await pictures.decode(code)).toEqual(traversal.rows[latent][column]);
    }
  });

  test('of factors are those of the base image where the factors are', async () => {
    const { traversal } = await pictures.draw();
    const { image, mean, reconstruction } = await pictures.encode(traversal.factors);
    expect(image).toEqual(traversal.base);
    expect(mean).toEqual(traversal.code);
    expect(reconstruction).toEqual(await pictures.decode(mean));
  });

  test('a factor’s trace passes the base image’s own code', async () => {
    const { traversal } = await pictures.draw();
    const { factor, base, mean } = await pictures.trace(3);
    expect([factor, base]).toEqual([3, traversal.factors[3]]);
    expect(mean.slice(base * config.latents, (base + 1) * config.latents)).toEqual(traversal.code);
    await expect(pictures.trace(5)).rejects.toMatchObject({ name: 'InvalidFactorsError' });
  });
});
