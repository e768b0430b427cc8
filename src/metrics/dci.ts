import { streams } from '../data/random/philox.ts';
import { fitBoostedTrees } from './boostedTrees.ts';
import { type CodeSample, factorColumn, latentColumn, varyingFactors } from './codeSample.ts';
import { pickDistinct } from './draws.ts';
import { sortFeatures } from './regressionTree.ts';
import type { Work } from './work.ts';

export interface DciOptions {
  readonly seed: number;
  /** Most images that the trees are fitted to, and most that they are tried on. */
  readonly trainImages: number;
  readonly testImages: number;
}

/** disentanglement_lib's numbers. */
export const dciDefaults = { trainImages: 10_000, testImages: 5_000 } as const;

/** Of a small sample, the share that the trees are fitted to; they are tried on the rest. */
const trainShare = 0.65;

export interface DciScore {
  readonly disentanglement: number;
  readonly completeness: number;
  /** Accuracy of the trees on the images that they were fitted to, averaged over the factors. */
  readonly informativenessTrain: number;
  /** The same on other images. */
  readonly informativenessTest: number;
  /** Importance of each latent for each factor that varies, [latents][varying factors]; a factor's sum to 1. */
  readonly importances: readonly (readonly number[])[];
}

/**
 * Disentanglement, completeness, informativeness: gradient boosted trees tell each factor from the codes. A latent is
 * disentangled when its importances concentrate on one factor (1 less their entropy, weighted by importance), a factor
 * is complete when they concentrate on one latent; 1 at best, near 0 for noise. By chance informativeness on other
 * images is the mean of 1 / values; on the fitted images the trees learn much by heart. Factors of many values make
 * it slow: a tree for each value, a hundred times.
 * Source: Eastwood & Williams 2018 (ICLR), section 2; disentanglement_lib, dci.py.
 */
export async function dci(sample: CodeSample, options: DciOptions, work: Work): Promise<DciScore> {
  const trainCount = Math.min(options.trainImages, Math.round(sample.count * trainShare));
  const testCount = Math.min(options.testImages, sample.count - trainCount);
  const rows = pickDistinct(options.seed, streams.metricSplit, 0, trainCount + testCount, sample.count);
  const trainRows = rows.subarray(0, trainCount);
  const testRows = rows.subarray(trainCount);

  const latents = Array.from({ length: sample.latents }, (_, latent) => latentColumn(sample, latent));
  const train = sortFeatures(latents.map((column) => Float32Array.from(trainRows, (row) => column[row])));
  const test = latents.map((column) => Float32Array.from(testRows, (row) => column[row]));

  const varying = varyingFactors(sample.factorSizes);
  const values = varying.map((factor) => factorColumn(sample, factor));
  const importances = latents.map(() => new Array<number>(varying.length).fill(0));
  let [informativenessTrain, informativenessTest] = [0, 0];
  const totalValues = varying.reduce((sum, factor) => sum + sample.factorSizes[factor], 0);
  let done = 0;
  for (const [at, factor] of varying.entries()) {
    const size = sample.factorSizes[factor];
    const part = work.part(done / totalValues, (done + size) / totalValues);
    const trainLabels = Int32Array.from(trainRows, (row) => values[at][row]);
    const testLabels = Int32Array.from(testRows, (row) => values[at][row]);
    const fit = await fitBoostedTrees(train, trainLabels, size, test, part);
    fit.importances.forEach((importance, latent) => {
      importances[latent][at] = importance;
    });
    informativenessTrain += accuracy(fit.fitted, trainLabels) / varying.length;
    informativenessTest += accuracy(fit.unseen, testLabels) / varying.length;
    done += size;
  }
  const byFactor = varying.map((_, at) => importances.map((row) => row[at]));
  return {
    disentanglement: concentration(importances),
    completeness: concentration(byFactor),
    informativenessTrain,
    informativenessTest,
    importances,
  };
}

/** 1 less the entropy of each row (base: its length), averaged with the rows' sums as weights. */
function concentration(rows: readonly (readonly number[])[]): number {
  const sums = rows.map((row) => row.reduce((sum, value) => sum + value, 0));
  const total = sums.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  return rows.reduce((score, row, i) => score + (sums[i] / total) * (1 - relativeEntropy(row, sums[i])), 0);
}

/** Entropy of a row of weights over the greatest that it could be, 0..1; 0 for a lone weight. */
function relativeEntropy(row: readonly number[], sum: number): number {
  if (row.length === 1 || sum === 0) return 0;
  const entropy = row.reduce((partial, value) => {
    const share = value / sum;
    return share > 0 ? partial - share * Math.log(share) : partial;
  }, 0);
  return entropy / Math.log(row.length);
}

function accuracy(told: Int32Array, labels: Int32Array): number {
  return told.reduce((right, label, i) => right + (label === labels[i] ? 1 : 0), 0) / labels.length;
}
