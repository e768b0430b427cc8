import { describe, expect, test } from 'vitest';
import type { Turn } from '../model/turn.ts';
import { alignmentScores } from './alignment.ts';
import { gridRows } from './codeSample.ts';
import { CodeTable } from './codeTable.ts';
import { columnDeviations, columnMeans } from './covariance.ts';
import { perfectCodes } from './fixtures/exampleCodes.ts';
import { turnCodes, withoutLatent } from './turnedCodes.ts';
import { Work } from './work.ts';

const sizes = [4, 6, 8, 8];
const latents = sizes.length;
const codes = await perfectCodes(sizes).means(gridRows(sizes));
const spread = { means: columnMeans(codes, latents), deviations: columnDeviations(codes, latents) };
const measure = (of: Float32Array) => alignmentScores(new CodeTable(of, sizes), 1, new Work());
const turned = (degrees: number) => turnCodes(codes, spread, { pair: [2, 3], degrees });

describe('two latents turned in their plane', () => {
  const own = Float32Array.of(1, 10, 5, -1, 30, 7);
  const ownSpread = { means: Float64Array.of(1, 20, 0), deviations: Float64Array.of(2, 10, 1) };
  const turn = (degrees: number, pair: Turn['pair'] = [0, 1]) => turnCodes(own, ownSpread, { pair, degrees });

  test('by 0 are as they were; the others always are', () => {
    expect(turn(0)).toEqual(own);
    expect([turn(30)[2], turn(30)[5]]).toEqual([5, 7]);
  });

  test('by 45 each is as much of one as of the other, in unit variance', () => {
    const root = Math.SQRT1_2;
    // u1, u2 are 0, -1 and -1, 1.
    const expected = [1 - 2 * root, 20 - 10 * root, 5, 1, 20 + 10 * Math.SQRT2, 7];
    turn(45).forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at], 5);
    });
  });

  test('and turned back are as they were', () => {
    const back = turnCodes(turn(33), ownSpread, { pair: [0, 1], degrees: -33 });
    back.forEach((value, at) => {
      expect(value).toBeCloseTo(own[at], 5);
    });
  });

  test('a latent that does not vary lends nothing', () => {
    const still = { ...ownSpread, deviations: Float64Array.of(2, 0, 1) };
    const out = turnCodes(own, still, { pair: [0, 1], degrees: 45 });
    expect([out[1], out[4]]).toEqual([20, 20]);
    expect(out[3]).toBeCloseTo(1 - 2 * Math.SQRT1_2, 5);
  });
});

describe('what sees that latents are turned, or that a factor is missing', () => {
  test('turned: MIG falls steadily; the metrics of votes and pairs hold far longer; nothing is less independent', async () => {
    const [none, half, full] = await Promise.all([0, 20, 45].map((degrees) => measure(turned(degrees))));
    expect(none).toMatchObject({ factorVae: 1, higgins: 1 });
    expect(none.mig).toBeCloseTo(1, 6);
    expect(half.mig).toBeLessThan(0.9);
    expect(full.mig).toBeLessThan(half.mig - 0.05);
    expect(half.factorVae).toBe(1);
    expect(half.higgins).toBe(1);
    for (const { gaussianTotalCorrelation } of [none, half, full])
      expect(gaussianTotalCorrelation).toBeCloseTo(0, 6);
  });

  test('a factor that no latent codes: Higgins’ metric holds, the FactorVAE metric loses its votes', async () => {
    const { higgins, factorVae } = await measure(withoutLatent(codes, spread, 1));
    expect(higgins).toBeGreaterThan(0.98);
    expect(factorVae).toBeLessThan(0.85);
  });
});
