import { fitRegressionTree, leafOf, type SortedFeatures, treeNodes } from './regressionTree.ts';
import type { Work } from './work.ts';

/** scikit-learn's defaults, which disentanglement_lib uses. */
const rounds = 100;
const learningRate = 0.1;

export interface BoostedTrees {
  /** Each feature's share of what all splits took off the squared error, [features]; zeros if nothing was split. */
  readonly importances: Float64Array;
  /** Classes told for the fitted rows and for the rows of `unseen`. */
  readonly fitted: Int32Array;
  readonly unseen: Int32Array;
}

/**
 * Multinomial gradient boosting: in each of 100 rounds a tree for each class is fitted to the residuals of its
 * probability, and its leaves take a Newton step, shrunk by 0.1. Deterministic.
 * Source: Friedman 2001, *Greedy function approximation*, algorithm 6; numbers and importances as scikit-learn's
 * GradientBoostingClassifier has them.
 *
 * @param labels classes of the rows of `train`, 0..classes-1
 * @param unseen columns of the features of further rows
 */
export async function fitBoostedTrees(
  train: SortedFeatures,
  labels: Int32Array,
  classes: number,
  unseen: readonly Float32Array[],
  work: Work,
): Promise<BoostedTrees> {
  const { count } = train;
  const unseenCount = unseen[0].length;
  const importances = new Float64Array(train.columns.length);
  const classCounts = new Float64Array(classes);
  for (const label of labels) classCounts[label]++;
  // A class that no row has gets no trees: its score stays at minus infinity.
  const present = Array.from(classCounts.keys()).filter((c) => classCounts[c] > 0);
  const newtonFactor = (present.length - 1) / present.length;
  const priors = classCounts.map((n) => Math.log(n / count));
  const scores = Array.from(priors, (prior) => new Float64Array(count).fill(prior));
  const unseenScores = Array.from(priors, (prior) => new Float64Array(unseenCount).fill(prior));
  const residuals = new Float64Array(count);

  for (let round = 0; round < rounds; round++) {
    const probabilities = softmaxOver(scores, count);
    for (const c of present) {
      await work.at((round + c / classes) / rounds);
      const p = probabilities[c];
      for (let i = 0; i < count; i++) residuals[i] = (labels[i] === c ? 1 : 0) - p[i];
      const tree = fitRegressionTree(train, residuals);
      tree.features.forEach((feature, node) => {
        if (feature >= 0) importances[feature] += tree.gains[node];
      });

      const sums = new Float64Array(treeNodes);
      const curvatures = new Float64Array(treeNodes);
      for (let i = 0; i < count; i++) {
        sums[tree.leaves[i]] += residuals[i];
        curvatures[tree.leaves[i]] += p[i] * (1 - p[i]);
      }
      const values = sums.map((sum, leaf) =>
        curvatures[leaf] > 1e-150 ? (learningRate * newtonFactor * sum) / curvatures[leaf] : 0,
      );
      for (let i = 0; i < count; i++) scores[c][i] += values[tree.leaves[i]];
      for (let i = 0; i < unseenCount; i++) unseenScores[c][i] += values[leafOf(tree, unseen, i)];
    }
  }
  const total = importances.reduce((sum, value) => sum + value, 0);
  return {
    importances: total > 0 ? importances.map((value) => value / total) : importances,
    fitted: greatestOver(scores, count),
    unseen: greatestOver(unseenScores, unseenCount),
  };
}

/** Probabilities of each class for each row, [classes][count]. */
function softmaxOver(scores: readonly Float64Array[], count: number): Float64Array[] {
  const out = scores.map(() => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    let greatest = Number.NEGATIVE_INFINITY;
    for (const row of scores) greatest = Math.max(greatest, row[i]);
    let sum = 0;
    for (let c = 0; c < scores.length; c++) {
      out[c][i] = Math.exp(scores[c][i] - greatest);
      sum += out[c][i];
    }
    for (const row of out) row[i] /= sum;
  }
  return out;
}

/** The class of the greatest score of each row, [count]. */
function greatestOver(scores: readonly Float64Array[], count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) =>
    scores.reduce((best, row, c) => (row[i] > scores[best][i] ? c : best), 0),
  );
}
