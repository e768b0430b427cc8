import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunConfig } from '../config/schema.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { startTfjs } from '../engines/tfjs/backends.ts';
import type { Trainer } from '../engines/trainer.ts';
import { createTfjsTrainer } from '../families/createTfjsTrainer.ts';
import { modelOf } from '../families/families.ts';
import { vaeModel } from '../families/vae/model.ts';
import type { Abilities } from '../model/abilities.ts';
import { PictureMaker } from './pictures.ts';
import { smallRun } from './smallRun.fixture.ts';

/** All pictures, of a model that can be drawn in every way. */
async function draw(maker: PictureMaker) {
  const { reconstructions, traversal, ...others } = await maker.draw();
  if (!reconstructions || !traversal) throw new Error('a picture is missing');
  return { ...others, reconstructions, traversal };
}

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
    const { step, inputs, reconstructions, traversal } = await draw(pictures);
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
    const { traversal } = await draw(pictures);
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
    const { base, traversal } = await draw(pictures);
    const { image, mean, reconstruction } = await pictures.encode(base.factors);
    expect(image).toEqual(base.picture);
    expect(mean).toEqual(traversal.code);
    expect(reconstruction).toEqual(await pictures.decode(mean));
  });

  test('a factor’s trace passes the base image’s own code', async () => {
    const { base, traversal } = await draw(pictures);
    const { factor, base: value, mean } = await pictures.trace(3);
    expect([factor, value]).toEqual([3, base.factors[3]]);
    expect(mean.slice(value * config.latents, (value + 1) * config.latents)).toEqual(traversal.code);
    await expect(pictures.trace(5)).rejects.toMatchObject({ name: 'InvalidFactorsError' });
  });
});

describe('pictures of a model that cannot do all', () => {
  const model = vaeModel(smallRun);
  const { encode, decode } = model.plan;
  const drawer = (drawn: Omit<Abilities, 'discriminate' | 'generate' | 'reach'>) => {
    const can = { ...drawn, reach: 3, generate: null, discriminate: true };
    const plan = { ...model.plan, encode: can.encode ? encode : null, decode: can.traverse ? decode : null };
    return new PictureMaker(createReferenceTrainer({ ...model, can, plan }));
  };

  test('it encodes alone: images and their codes are shown', async () => {
    const pictures = drawer({ encode: true, reconstruct: false, traverse: false });
    const { inputs, reconstructions, traversal, base } = await pictures.draw();
    expect([inputs.length, reconstructions, traversal]).toEqual([8, null, null]);
    const { image, mean, reconstruction } = await pictures.encode(base.factors);
    expect([image, mean.length, reconstruction]).toEqual([base.picture, smallRun.latents, null]);
  });

  test('it decodes alone: traversals go through a code of zeros', async () => {
    const pictures = drawer({ encode: false, reconstruct: false, traverse: true });
    const { reconstructions, traversal, base } = await pictures.draw();
    expect(reconstructions).toBeNull();
    expect(traversal?.code).toEqual(new Float32Array(smallRun.latents));
    expect(traversal?.rows[1][4]).toEqual(await pictures.decode(new Float32Array(smallRun.latents)));
    await expect(pictures.encode(base.factors)).rejects.toMatchObject({ name: 'CannotError' });
  });

  test('it encodes and decodes, and what comes back is no reconstruction', async () => {
    const { inputs, reconstructions, traversal } = await drawer({
      encode: true,
      reconstruct: false,
      traverse: true,
    }).draw();
    const all = await drawer({ encode: true, reconstruct: true, traverse: true }).draw();
    expect(reconstructions).toBeNull();
    expect([inputs, traversal]).toEqual([all.inputs, all.traversal]);
  });
});

test('a generator’s pictures of random codes: the same codes at every step, and noise of their own', async () => {
  const config: RunConfig = { ...smallRun, objective: 'infoWganGp', categories: 2, noiseInputs: 3 };
  const trainer = createReferenceTrainer(modelOf(config));
  const pictures = new PictureMaker(trainer);
  const [first, again] = [await pictures.draw(), await pictures.draw()];
  expect(first.reconstructions).toBeNull();
  expect(first.generated).toHaveLength(first.inputs.length);
  expect(again.generated).toEqual(first.generated);
  const code = new Float32Array(config.latents);
  const usual = await pictures.decode(code);
  expect(await pictures.decode(code, Float32Array.of(1, 0, 0, 0, 0))).toEqual(usual);
  expect(await pictures.decode(code, Float32Array.of(0, 1, 0.5, -1, 1))).not.toEqual(usual);
  const { mean, logVariance, reconstruction } = await pictures.encode(first.base.factors);
  expect([mean.length, logVariance, reconstruction]).toEqual([config.latents, null, null]);
  trainer.dispose();
});
