import { describe, expect, test } from 'vitest';
import { combinationCount } from '../data/factors.ts';
import type { PosteriorSource } from './codeSource.ts';
import { evaluate } from './evaluate.ts';
import { evaluateModel, liveBudget, type ModelBudget } from './evaluateModel.ts';
import { perfectCodes } from './fixtures/exampleCodes.ts';
import { gridRange } from './imageRange.ts';
import { Work } from './work.ts';

const sizes = [4, 5, 8, 8];
const budget: ModelBudget = {
  ...liveBudget(sizes),
  factorVae: { imagesPerVote: 50, votes: 100, repeats: 1 },
  higgins: { pairs: 50, votes: 50 },
  dci: { trainImages: 300, testImages: 200 },
};

/** A model whose means are a perfect code, one latent of which is as unsure as the prior and centred: collapsed. */
function model(collapsed: number | null) {
  const codes = perfectCodes(sizes);
  const asked: number[] = [];
  const source: PosteriorSource = {
    ...gridRange(sizes),
    latents: codes.latents,
    means: async (factors) => (await source.posteriors(factors)).mean,
    async posteriors(factors) {
      asked.push(factors.length / sizes.length);
      const mean = await codes.means(factors);
      const isCollapsed = (i: number) => i % codes.latents === collapsed;
      return {
        mean: mean.map((value, i) => (isCollapsed(i) ? 0 : value)),
        logVariance: mean.map((_, i) => (isCollapsed(i) ? 0 : -4)),
      };
    },
  };
  return { source, images: () => asked.reduce((sum, count) => sum + count, 0) };
}

describe('a live model', () => {
  test('of a small grid is encoded once, and scores as its codes alone do', async () => {
    const { source, images } = model(null);
    const result = await evaluateModel(source, { seed: 3, budget }, new Work());
    expect(images()).toBe(combinationCount(sizes));
    const active = source.factorSizes.map(() => true);
    expect(result).toMatchObject(
      await evaluate(perfectCodes(sizes), { seed: 3, budget, active }, new Work()),
    );
    expect(result.factorVae.fitted).toBe(1);
    expect(result.active).toEqual(active);
    expect(await evaluateModel(source, { seed: 3, budget }, new Work())).toEqual(result);
  });

  test('of a large grid is encoded as it is asked, with the same scores', async () => {
    const whole = await evaluateModel(model(null).source, { seed: 3, budget }, new Work());
    const { source, images } = model(null);
    const asked = await evaluateModel(source, { seed: 3, budget: { ...budget, tableImages: 0 } }, new Work());
    expect(asked).toEqual(whole);
    expect(images()).toBeGreaterThan(10_000);
  });

  test('a latent that has collapsed is not active and wins no vote', async () => {
    const { active, factorVae } = await evaluateModel(model(1).source, { seed: 3, budget }, new Work());
    expect(active).toEqual([true, false, true, true]);
    for (const row of factorVae.votes) expect(row[1]).toBe(0);
  });

  test('independent latents: every estimate of total correlation is near 0', async () => {
    const { totalCorrelation } = await evaluateModel(model(null).source, { seed: 3, budget }, new Work());
    expect(Math.abs(totalCorrelation.gaussian)).toBeLessThan(0.05);
    expect(Math.abs(totalCorrelation.stratified ?? Number.NaN)).toBeLessThan(0.4);
  });

  test('a cancelled measure stops', async () => {
    const controller = new AbortController();
    const { source } = model(null);
    const work = new Work({ signal: controller.signal, nextTask: async () => controller.abort() });
    await expect(evaluateModel(source, { seed: 3, budget }, work)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
