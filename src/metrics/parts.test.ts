import { describe, expect, test } from 'vitest';
import { streams } from '../data/random/philox.ts';
import { normals } from '../data/random/random.ts';
import { activeByDeviation, activeByKl, meanKl } from './activeLatents.ts';
import { fitBoostedTrees } from './boostedTrees.ts';
import { collectCodes, gridRows } from './codeSample.ts';
import { CodeTable } from './codeTable.ts';
import { drawFactorRows, drawSharedFactor, pickDistinct } from './draws.ts';
import { factorVaeDefaults, factorVaeMetric } from './factorVae.ts';
import { perfectCodes } from './fixtures/exampleCodes.ts';
import { histogramBins } from './histogram.ts';
import { gridRange } from './imageRange.ts';
import { fitLogisticRegression } from './logisticRegression.ts';
import { discreteMutualInformation, factorEntropies } from './mutualInformation.ts';
import { fitRegressionTree, leafOf, sortFeatures } from './regressionTree.ts';
import { Work } from './work.ts';

const sizes = [2, 3, 4];

describe('codes', () => {
  test('a table finds the code of every combination', async () => {
    const codes = Float32Array.from({ length: 48 }, (_, i) => i);
    const table = new CodeTable(codes, sizes);
    expect(await table.means(gridRows(sizes))).toEqual(codes);
    expect([...(await table.means(Int32Array.of(1, 2, 3, 0, 1, 0)))]).toEqual([46, 47, 8, 9]);
  });

  test('codes that do not fill the grid are refused', () => {
    const name = 'CodeTableError';
    expect(() => new CodeTable(new Float32Array(25), sizes)).toThrow(expect.objectContaining({ name }));
    expect(() => new CodeTable(new Float32Array(0), sizes)).toThrow(expect.objectContaining({ name }));
  });

  test('a small grid is taken whole, a large one by a sample of the limit', async () => {
    const source = perfectCodes([30, 20]);
    const whole = await collectCodes(source, 600, 1, new Work());
    expect(whole.factors).toEqual(gridRows([30, 20]));
    const part = await collectCodes(source, 599, 1, new Work());
    expect(part).toMatchObject({ count: 599, latents: 2 });
    expect(part.codes).toEqual(await source.means(part.factors));
  });
});

describe('draws', () => {
  test('factor rows are uniform over the grid', () => {
    const rows = drawFactorRows(1, streams.metricSample, 0, 12_000, sizes);
    const counts = new Map<string, number>();
    for (let i = 0; i < rows.length; i += 3) {
      const key = rows.subarray(i, i + 3).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    expect(chiSquare).toBeLessThan(49.7); // 23 degrees of freedom, p = 0.001
  });

  test('groups share one factor, chosen evenly, and nothing else', () => {
    const chosen = [0, 0, 0];
    const plan = { count: 40, group: 2, among: [0, 2], range: gridRange(sizes) };
    for (let step = 0; step < 200; step++) {
      const { factor, rows } = drawSharedFactor(1, streams.metricPairs, step, plan);
      chosen[factor]++;
      const column = (row: number, f: number) => rows[row * 3 + f];
      const pairs = Array.from({ length: 20 }, (_, pair) => 2 * pair);
      for (const row of pairs) expect(column(row, factor)).toBe(column(row + 1, factor));
      expect(new Set(pairs.map((row) => column(row, factor))).size).toBeGreaterThan(1);
      expect(pairs.some((row) => column(row, 1) !== column(row + 1, 1))).toBe(true);
    }
    expect(chosen[1]).toBe(0);
    expect(Math.abs(chosen[0] - 100)).toBeLessThan(35);
  });

  test('picks are distinct, and all of them a permutation', () => {
    expect(new Set(pickDistinct(2, streams.metricSplit, 0, 50, 60)).size).toBe(50);
    expect(pickDistinct(2, streams.metricSplit, 0, 60, 60).toSorted()).toEqual(
      Int32Array.from({ length: 60 }, (_, i) => i),
    );
  });
});

describe('mutual information', () => {
  test('bins are half open, the last one closed; equal values share one', () => {
    expect([...histogramBins(Float32Array.of(0, 0.5, 1, 1.5, 2, 3.9, 4), 4)]).toEqual([0, 0, 1, 1, 2, 3, 3]);
    expect([...histogramBins(Float32Array.of(7, 7, 7), 20)]).toEqual([0, 0, 0]);
  });

  test('independent columns have none, equal ones their entropy', () => {
    const a = Int32Array.of(0, 0, 1, 1, 2, 2);
    const b = Int32Array.of(0, 1, 0, 1, 0, 1);
    expect(discreteMutualInformation(a, 3, b, 2)).toBeCloseTo(0, 12);
    expect(discreteMutualInformation(a, 3, a, 3)).toBeCloseTo(Math.log(3), 12);
  });

  test.each([2, 1000, 200_000])('the entropy of %i values takes no table of their pairs', (values) => {
    const factors = Int32Array.from({ length: 2 * values }, (_, i) => i % values);
    const sample = {
      count: 2 * values,
      latents: 1,
      factorSizes: [values],
      codes: new Float32Array(0),
      factors,
    };
    expect(factorEntropies(sample)[0]).toBeCloseTo(Math.log(values), 9);
  });
});

describe('active latents', () => {
  test('KL from the prior, averaged over the images', () => {
    const kl = meanKl(Float32Array.of(0, 2, 0, -2), Float32Array.of(0, Math.log(0.5), 0, Math.log(0.5)), 2);
    expect(kl[0]).toBe(0);
    expect(kl[1]).toBeCloseTo(0.5 * (4 + 0.5 - Math.log(0.5) - 1), 6);
    expect(activeByKl(kl)).toEqual([false, true]);
    expect(activeByDeviation(Float64Array.of(0.04, 0.06))).toEqual([false, true]);
  });
});

describe('logistic regression', () => {
  test('separable classes are told apart', async () => {
    const noise = normals(1, streams.metricNoise, 0, 600);
    const labels = Int32Array.from({ length: 300 }, (_, i) => i % 3);
    const features = Float32Array.from(noise, (value, at) => {
      const angle = (2 * Math.PI * labels[at >> 1]) / 3;
      return 1000 + 5 * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + 0.3 * value;
    });
    const classify = await fitLogisticRegression(features, 2, labels, 3, new Work());
    expect(classify(features)).toEqual(labels);
  });

  test('overlapping classes: the boundary lies where the densities are equal', async () => {
    const noise = normals(2, streams.metricNoise, 0, 4000);
    const labels = Int32Array.from({ length: 4000 }, (_, i) => i % 2);
    const features = Float32Array.from(noise, (value, i) => value + 2 * labels[i]);
    const classify = await fitLogisticRegression(features, 1, labels, 2, new Work());
    expect([...classify(Float32Array.of(-1, 0.9, 1.1, 3))]).toEqual([0, 0, 1, 1]);
  });
});

describe('trees', () => {
  const a = Float32Array.from({ length: 64 }, (_, i) => i % 8);
  const b = Float32Array.from({ length: 64 }, (_, i) => i >> 3);

  test('a tree finds the steps of a function, and says what each took off the squared error', () => {
    const targets = Float64Array.from(a, (value, i) => (value < 3 ? 0 : 4) + (b[i] < 4 ? 0 : 1));
    const tree = fitRegressionTree(sortFeatures([a, b]), targets);
    expect([tree.features[1], tree.thresholds[1]]).toEqual([0, 2.5]);
    expect([tree.features[2], tree.thresholds[2]]).toEqual([1, 3.5]);
    expect([tree.features[3], tree.thresholds[3]]).toEqual([1, 3.5]);
    expect([...tree.features.subarray(4)].every((feature) => feature === -1)).toBe(true);
    const mean = targets.reduce((sum, value) => sum + value, 0) / 64;
    const error = targets.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(tree.gains.reduce((sum, gain) => sum + gain, 0)).toBeCloseTo(error, 9);
    for (let row = 0; row < 64; row++) expect(leafOf(tree, [a, b], row)).toBe(tree.leaves[row]);
  });

  test('boosting learns a rule of two features, gives a third no importance, and leaves out an absent class', async () => {
    const third = normals(3, streams.metricNoise, 0, 64);
    const labels = Int32Array.from(
      a,
      (value, i) => (value < 4 ? 0 : 2) + (b[i] < 4 ? 0 : 1) + (value < 4 ? 0 : 1),
    );
    const columns = [a, b, third];
    const fit = await fitBoostedTrees(sortFeatures(columns), labels, 5, columns, new Work());
    expect(fit.fitted).toEqual(labels);
    expect(fit.unseen).toEqual(labels);
    expect([...fit.importances].map((value) => value > 0.3)).toEqual([true, true, false]);
    expect(fit.importances.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
  });
});

describe('work', () => {
  const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

  test('reports the share of the whole, gives way, and stops when told', async () => {
    const controller = new AbortController();
    const shares: number[] = [];
    let tasks = 0;
    const work = new Work({
      signal: controller.signal,
      onProgress: (share) => shares.push(share),
      nextTask: async () => {
        tasks++;
      },
    });
    const half = work.part(0.5, 1).part(0, 0.5);
    await sleep(20);
    await half.at(0.5);
    expect(shares).toEqual([0.625]);
    expect(tasks).toBe(1);
    controller.abort();
    await expect(half.at(0.6)).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  test('a measure under way can be cancelled', async () => {
    const controller = new AbortController();
    const source = perfectCodes(sizes);
    let asked = 0;
    const cancelling = {
      ...gridRange(sizes),
      latents: 3,
      means: (rows: Int32Array) => {
        asked++;
        if (asked === 3) controller.abort();
        return source.means(rows);
      },
    };
    const scale = { deviations: Float64Array.of(1, 1, 1), active: [true, true, true] };
    const options = { ...factorVaeDefaults, seed: 0 };
    await expect(
      factorVaeMetric(cancelling, scale, options, new Work({ signal: controller.signal })),
    ).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(asked).toBe(3);
  });
});
