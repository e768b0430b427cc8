import { describe, expect, test } from 'vitest';
import type { CodeSource } from './codeSource.ts';
import { type Evaluation, type EvaluationBudget, evaluate, fullBudget } from './evaluate.ts';
import { incompleteCodes, noiseCodes, perfectCodes, rotatedCodes } from './fixtures/exampleCodes.ts';
import { gridRange } from './imageRange.ts';
import { Work } from './work.ts';

const sizes = [4, 5, 8, 8];
const chance = 1 / sizes.length;
const meanOfChances = (1 / 4 + 1 / 5 + 1 / 8 + 1 / 8) / 4;

const budget: EvaluationBudget = {
  ...fullBudget,
  factorVae: { imagesPerVote: 100, votes: 400, repeats: 1 },
  higgins: { pairs: 200, votes: 200 },
  dci: { trainImages: 600, testImages: 400 },
};
const measure = (source: CodeSource, seed = 1) => evaluate(source, { seed, budget }, new Work());

/** The scores that a rotation should lower. */
const gapsOf = ({ mig, sapContinuous, dci }: Evaluation) => [
  mig,
  sapContinuous,
  dci.disentanglement,
  dci.completeness,
];

describe('codes whose scores are known', () => {
  test('a perfect code scores 1 everywhere', async () => {
    const scores = await measure(perfectCodes(sizes));
    for (const score of gapsOf(scores)) expect(score).toBeCloseTo(1, 6);
    expect(scores.modularity).toBeCloseTo(1, 6);
    expect(scores.gaussianTotalCorrelation).toBeCloseTo(0, 6);
    expect(scores.dci).toMatchObject({ informativenessTrain: 1, informativenessTest: 1 });
    expect(scores.factorVae).toMatchObject({ fitted: 1, heldOut: 1 });
    expect(scores.higgins).toEqual({ fitted: 1, heldOut: 1 });
    scores.mutualInformation.forEach((row, latent) => {
      row.forEach((information, factor) => {
        expect(information).toBeCloseTo(latent === factor ? Math.log(sizes[factor]) : 0, 6);
      });
    });
  });

  test('noise scores near chance', async () => {
    const scores = await measure(noiseCodes(sizes, 5));
    for (const score of gapsOf(scores)) expect(score).toBeLessThan(0.04);
    expect(scores.gaussianTotalCorrelation).toBeLessThan(0.02);
    expect(Math.abs(scores.dci.informativenessTest - meanOfChances)).toBeLessThan(0.04);
    expect(Math.abs(scores.factorVae.heldOut - chance)).toBeLessThan(0.1);
    expect(Math.abs(scores.higgins.heldOut - chance)).toBeLessThan(0.1);
  });

  test('a rotated code lies in between; Higgins’ metric does not see it', async () => {
    const [noise, half, full] = await Promise.all([
      measure(noiseCodes(sizes, 4)),
      measure(rotatedCodes(sizes, Math.PI / 8)),
      measure(rotatedCodes(sizes, Math.PI / 4)),
    ]);
    gapsOf(half).forEach((score, i) => {
      expect(score).toBeLessThan(0.95);
      expect(score).toBeGreaterThan(gapsOf(full)[i] + 0.03);
      expect(score).toBeGreaterThan(gapsOf(noise)[i] + 0.1);
    });
    expect(half.higgins.heldOut).toBeGreaterThan(0.95);
    // At 45 degrees both latents of a plane vary alike whichever of its factors is fixed: the vote finds the plane only.
    expect(full.factorVae.heldOut).toBeGreaterThan(0.4);
    expect(full.factorVae.heldOut).toBeLessThan(0.7);
    expect(full.modularity).toBeLessThan(0.8);
  });

  test('with one factor missing Higgins’ metric is near 1 and the FactorVAE metric is not', async () => {
    const scores = await measure(incompleteCodes(sizes));
    expect(scores.higgins.heldOut).toBeGreaterThan(0.97);
    const expected = (sizes.length - 1) / sizes.length;
    expect(Math.abs(scores.factorVae.fitted - expected)).toBeLessThan(0.06);
    expect(Math.abs(scores.factorVae.heldOut - expected)).toBeLessThan(0.06);
  });

  test('a factor of one value changes nothing', async () => {
    const scores = await measure(perfectCodes([4, 1, 8]));
    expect(scores).toMatchObject({
      mutualInformation: [expect.anything(), [0, 0, 0], expect.anything()],
      factorVae: { fitted: 1, heldOut: 1 },
      higgins: { fitted: 1, heldOut: 1 },
    });
    for (const score of gapsOf(scores)) expect(score).toBeCloseTo(1, 6);
  });

  test('a grid without a factor that varies, and codes that are not finite, are refused by name', async () => {
    await expect(measure(perfectCodes([1, 1]))).rejects.toThrow(
      expect.objectContaining({ name: 'NoVaryingFactorError' }),
    );
    const broken: CodeSource = {
      ...gridRange([2, 2]),
      latents: 1,
      means: async (rows) => new Float32Array(rows.length / 2).fill(Number.NaN),
    };
    await expect(measure(broken)).rejects.toThrow(expect.objectContaining({ name: 'CodesNotFiniteError' }));
  });

  test('codes that have all collapsed score 0', async () => {
    const scores = await measure({
      ...gridRange([3, 3]),
      latents: 2,
      means: async (rows) => new Float32Array(rows.length),
    });
    expect(scores).toMatchObject({ mig: 0, sapContinuous: 0, modularity: 0, gaussianTotalCorrelation: 0 });
    expect(scores.factorVae).toEqual({
      fitted: 0,
      heldOut: 0,
      votes: [
        [0, 0],
        [0, 0],
      ],
    });
    expect(scores.dci).toMatchObject({ disentanglement: 0, completeness: 0 });
  });

  test('the seed decides every number', async () => {
    const source = noiseCodes([3, 4, 5], 3);
    const first = await measure(source, 1);
    expect(await measure(source, 1)).toEqual(first);
    const other = await measure(source, 2);
    expect(other.factorVae).not.toEqual(first.factorVae);
    expect(other.dci).not.toEqual(first.dci);
    // What looks at the whole grid draws nothing.
    expect(other.mig).toBe(first.mig);
  });
});
