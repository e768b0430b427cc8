import { afterEach, describe, expect, test } from 'vitest';
import type { RunConfig } from '../config/schema.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import type { Trainer } from '../engines/trainer.ts';
import { vaeModel } from '../families/vae/model.ts';
import { initialTensors } from '../model/initialise.ts';
import type { NamedTensors } from '../model/parameters.ts';
import { CodesView } from './codesView.ts';
import { smallRun } from './smallRun.fixture.ts';

const made: Trainer[] = [];
afterEach(() => {
  for (const trainer of made.splice(0)) trainer.dispose();
});

/** A trainer whose encoder gives latents 0 and 2 the same mean, and whose posteriors are narrow. */
function twinned(settings: Partial<RunConfig> = {}): Trainer {
  const config = { ...smallRun, ...settings };
  const trainer = createReferenceTrainer(vaeModel(config));
  made.push(trainer);
  const { layers, seed } = trainer.model;
  const head = layers.filter(({ network }) => network === 'encoder').at(-1);
  const tensors: NamedTensors = initialTensors(layers, seed);
  const weight = tensors.get(`encoder.${head?.name}.weight`)?.data ?? new Float32Array(0);
  const bias = tensors.get(`encoder.${head?.name}.bias`)?.data ?? new Float32Array(0);
  const inputs = weight.length / (2 * config.latents);
  for (let i = 0; i < inputs; i++) {
    weight[i] *= 100;
    weight[2 * inputs + i] = weight[i];
  }
  bias[2] = bias[0];
  bias.fill(-9, config.latents);
  trainer.writeParameters(tensors);
  return trainer;
}

/** Its discriminator: the log ratio is large where latents 0 and 2 agree. */
function judging(trainer: Trainer): Trainer {
  const { latents } = trainer.config;
  trainer.discriminate = async (codes) =>
    Float32Array.from({ length: codes.length / latents }, (_, i) =>
      Math.abs(codes[i * latents] - codes[i * latents + 2]) < 0.2 ? 1 : -1,
    );
  return trainer;
}

const column = (pairs: Float32Array, which: 0 | 1) => [...pairs.filter((_, at) => at % 2 === which)];
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

describe('a scatter of codes', () => {
  test('beside it the same numbers with the second latent shuffled: marginals stay, pairs do not', async () => {
    const { pair, joint, product, step } = await new CodesView(twinned()).draw([0, 2]);
    expect([pair, step, joint.length]).toEqual([[0, 2], 0, 512]);
    expect(column(product, 0)).toEqual(column(joint, 0));
    expect(column(product, 1)).not.toEqual(column(joint, 1));
    expect(sorted(column(product, 1))).toEqual(sorted(column(joint, 1)));
    // As they are, the two latents agree up to their posteriors' width.
    const apart = (pairs: Float32Array) =>
      column(pairs, 0).reduce((sum, first, i) => sum + Math.abs(first - column(pairs, 1)[i]), 0) / 256;
    expect(apart(joint)).toBeLessThan(0.05);
    expect(apart(product)).toBeGreaterThan(5 * apart(joint));
  });

  test('of the same state is the same, whoever draws it', async () => {
    const trainer = twinned();
    expect(await new CodesView(trainer).draw([1, 0])).toEqual(await new CodesView(trainer).draw([1, 0]));
  });

  test('the discriminator is asked of whole codes in which all else is shuffled', async () => {
    const trainer = twinned();
    const asked: Float32Array[] = [];
    const { discriminate } = trainer;
    trainer.discriminate = (codes) => {
      asked.push(codes);
      return discriminate.call(trainer, codes);
    };
    const frame = await new CodesView(trainer).draw([0, 2]);
    expect(frame.judge).toBe('discriminator');
    // Both sets in one call, the codes as they are first.
    expect(asked).toHaveLength(1);
    const sets = [asked[0].slice(0, 3 * 256), asked[0].slice(3 * 256)];
    const [joint, product] = sets.map((codes) =>
      [0, 1, 2].map((latent) => codes.filter((_, at) => at % 3 === latent)),
    );
    expect([joint[0], joint[1]]).toEqual([product[0], product[1]]);
    expect(joint[2]).not.toEqual(product[2]);
    expect(frame.jointOpinions).toEqual(await discriminate.call(trainer, sets[0]));
    expect(frame.productOpinions).toEqual(await discriminate.call(trainer, sets[1]));
  });

  test('who tells the pair apart is right nearly always, and of a pair that is independent half the time', async () => {
    const view = new CodesView(judging(twinned()));
    const apart = await view.draw([0, 2]);
    expect(apart.right).toBeGreaterThan(0.8);
    expect(apart.gap).toBeGreaterThan(1);
    const alike = await view.draw([0, 1]);
    expect(alike.right).toBe(0.5);
    expect(alike.gap).toBe(0);
  });

  test('the best pair is the one that is told apart best, of all that are asked about in one call', async () => {
    const trainer = judging(twinned());
    const { discriminate } = trainer;
    const asked: number[] = [];
    trainer.discriminate = (codes) => {
      asked.push(codes.length / 3);
      return discriminate.call(trainer, codes);
    };
    expect((await new CodesView(trainer).draw('best')).pair).toEqual([0, 2]);
    // Three pairs beside the shuffled codes, then the pair that is shown.
    expect(asked).toEqual([4 * 64, 2 * 256]);
  });

  test('a beta-VAE has no discriminator: a Gaussian judges, and finds the pair that is correlated', async () => {
    const frame = await new CodesView(twinned({ objective: 'betaVae' })).draw('best');
    expect(frame).toMatchObject({ judge: 'gaussian', pair: [0, 2] });
    expect(frame.gap).toBeGreaterThan(1);
    expect(frame.right).toBeGreaterThan(0.8);
  });

  test('knows which pairs there are', () => {
    const view = new CodesView(twinned());
    expect([view.has([0, 2]), view.has([2, 1])]).toEqual([true, true]);
    expect([view.has([0, 3]), view.has([1, 1]), view.has([-1, 0]), view.has([0.5, 1])]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
