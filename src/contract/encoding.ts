import { expect, test } from 'vitest';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { vaeModel } from '../families/vae/model.ts';
import { expectSame } from './expectSame.ts';
import { drawnImages, inputsOf, smallConfig, type WithTrainer } from './smallRun.ts';

/** What a model makes of images and of codes, and how its encoder is frozen. */
export function testEncoding(withTrainer: WithTrainer): void {
  test('encodes and decodes any number of images, one by one the same as together', () =>
    withTrainer(async (trainer) => {
      await trainer.train(2);
      const count = 2 * smallConfig.batchSize + 1;
      const images = drawnImages(count);
      const length = images.length / count;
      const codes = await trainer.encode(images);
      expect(codes.mean.length).toBe(count * smallConfig.latents);
      expect(codes.logVariance?.every(Number.isFinite)).toBe(true);
      const pixels = await trainer.decode(codes.mean);
      expect(pixels.length).toBe(images.length);
      expect(pixels.every((pixel) => pixel > 0 && pixel < 1)).toBe(true);
      const last = await trainer.encode(images.subarray((count - 1) * length));
      const lastMean = codes.mean.subarray((count - 1) * smallConfig.latents);
      expectSame(last.mean, lastMean, 5);
      expectSame(await trainer.decode(lastMean), pixels.subarray((count - 1) * length), 5);
      expect((await trainer.encode(new Float32Array(0))).mean.length).toBe(0);
    }));

  test('its discriminator says of any number of codes what the reference says, one by one as together', () =>
    withTrainer(async (trainer) => {
      await trainer.train(2);
      const count = 2 * smallConfig.batchSize + 1;
      const codes = (await trainer.encode(drawnImages(count))).mean.map((value) => 3 * value + 0.1);
      const ratios = await trainer.discriminate(codes);
      const reference = createReferenceTrainer(vaeModel(smallConfig));
      reference.writeSnapshot(await trainer.readSnapshot());
      expect(ratios.length).toBe(count);
      expectSame(ratios, await reference.discriminate(codes), 4);
      const { latents } = smallConfig;
      expectSame(await trainer.discriminate(codes.subarray(-latents)), ratios.subarray(-1), 5);
      // It changes nothing: the next step is that of a run that was never asked.
      const onwards = await trainer.train(1);
      await withTrainer(async (other) => {
        await other.train(2);
        expect(await other.train(1)).toEqual(onwards);
      });
    }));

  test('without a discriminator there is no opinion', () =>
    withTrainer(
      async (trainer) => {
        expect(trainer.model.can.discriminate).toBe(false);
        await expect(trainer.discriminate(new Float32Array(0))).rejects.toMatchObject({
          name: 'CannotError',
        });
      },
      { objective: 'betaVae' },
    ));

  test('numbers that are not whole images, codes or inputs are refused by name', () =>
    withTrainer(async (trainer) => {
      const name = 'InputsError';
      await expect(trainer.encode(new Float32Array(257))).rejects.toMatchObject({ name });
      await expect(trainer.decode(new Float32Array(4))).rejects.toMatchObject({ name });
      await expect(trainer.discriminate(new Float32Array(4))).rejects.toMatchObject({ name });
      const short = { ...inputsOf(0), noise1: new Float32Array(3) };
      await expect(trainer.trainOn(short)).rejects.toMatchObject({ name });
      expect(trainer.step).toBe(0);
    }));

  test('a frozen encoder stays as it was while training goes on', () =>
    withTrainer(async (trainer) => {
      const images = drawnImages(7);
      await expect(trainer.encodeFrozen(images)).rejects.toMatchObject({ name: 'NothingFrozenError' });
      await trainer.train(2);
      const before = await trainer.encode(images);
      await trainer.freezeEncoder();
      const more = trainer.train(4);
      expect(await trainer.keep()).toBe(true);
      await more;
      expect(await trainer.encodeFrozen(images)).toEqual(before);
      expect(await trainer.encode(images)).not.toEqual(before);
      trainer.restore();
      expect(trainer.step).toBe(2);
      await trainer.train(1);
      await trainer.freezeEncoder();
      expect(await trainer.encodeFrozen(images)).toEqual(await trainer.encode(images));
      trainer.thawEncoder();
      await expect(trainer.encodeFrozen(images)).rejects.toMatchObject({ name: 'NothingFrozenError' });
    }));
}
