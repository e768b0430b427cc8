import { factorSizes } from '../src/data/dataset.ts';
import { factorsOf } from '../src/data/datasets.ts';

import { ownedFactors } from '../src/metrics/ownLatents.ts';
import type { NamedGroup } from '../src/record/namedGroups.ts';
import { tradeOff } from '../src/record/results.ts';
import type { RunRecord } from '../src/record/runRecord.ts';
import { objectives } from '../src/settings/scopes.ts';
import { holm, quantile, rankTest } from './significance.ts';
import { lastOf, markdown, mean } from './tables.ts';

export type Evaluation = RunRecord['evaluations'][number];

/** Scores of each run's last evaluation, a number a run. */
export function scoresOf({ runs }: NamedGroup, score: (evaluation: Evaluation) => number): number[] {
  return runs.flatMap(({ evaluations }) => evaluations.slice(-1)).map(score);
}

export const fittedMetric = ({ factorVae }: Evaluation): number => factorVae.fitted;
export const higginsMetric = ({ higgins }: Evaluation): number => higgins.heldOut;
export const mutualInformationGap = ({ mig }: Evaluation): number => mig;

/** FactorVAE's come first, then beta-VAE's. */
export function byObjective(groups: readonly NamedGroup[]): NamedGroup[] {
  return [...groups].sort((a, b) => placeOf(a) - placeOf(b));
}

const placeOf = ({ objective }: NamedGroup) => objectives.indexOf(objective);

/** A row a setting: means over its seeds at the last evaluation, with the range, median and quartiles of scores. */
export function scoredTable(groups: readonly NamedGroup[]): string {
  const rows = groups.map((group) => {
    const { name, runs } = group;
    const spread = (score: (evaluation: Evaluation) => number) => spreadTexts(scoresOf(group, score));
    return [
      name,
      runs.map(({ config }) => config.seed).join(' '),
      meanOrNone(runs.map((run) => tradeOff(run)?.reconstruction ?? Number.NaN)),
      meanOrNone(runs.map((run) => lastOf(run, 'kl'))),
      ...spread(fittedMetric),
      mean(scoresOf(group, ({ factorVae }) => factorVae.heldOut)).toFixed(3),
      ...spread(higginsMetric),
      ...spread(mutualInformationGap),
      mean(scoresOf(group, ({ dci }) => dci.disentanglement)).toFixed(3),
      runs.map(ownLatents).join(' '),
    ];
  });
  const spreadHeads = (name: string) => [`${name} (range)`, 'median (quartiles)'];
  const head = ['run', 'seeds', 'reconstruction', 'KL', ...spreadHeads('metric'), 'fresh votes'];
  return markdown([...head, ...spreadHeads('Higgins'), ...spreadHeads('MIG'), 'DCI', 'own latents'], rows);
}

/** InfoWGAN-GP has no such loss. */
function meanOrNone(values: readonly number[]): string {
  return values.some(Number.isNaN) ? '-' : mean(values).toFixed(1);
}

/** "mean (range)" and "median (quartiles)". */
function spreadTexts(values: readonly number[]): [string, string] {
  const quartiles = [0.25, 0.75].map((share) => quantile(values, share).toFixed(2)).join(' to ');
  return [
    `${mean(values).toFixed(3)} (${Math.min(...values).toFixed(2)}-${Math.max(...values).toFixed(2)})`,
    `${quantile(values, 0.5).toFixed(3)} (${quartiles})`,
  ];
}

/**
 * How many factors have a latent of their own at a run's last evaluation. Records do not hold own images' factors.
 */
function ownLatents({ config, evaluations }: RunRecord): number | string {
  const last = evaluations.at(-1);
  if (config.dataset === 'own') return '-';
  return last ? ownedFactors(last.mutualInformation, factorSizes(factorsOf(config))).length : 0;
}

/**
 * Every two groups of different objectives by the metric, FactorVAE's first: Mann-Whitney, exact and two-sided,
 * corrected by Holm.
 */
export function scoredTests(groups: readonly NamedGroup[]): string {
  const pairs = groups.flatMap((ours) =>
    groups
      .filter((rival) => placeOf(ours) < placeOf(rival))
      .map((rival) => ({
        ours,
        rival,
        test: rankTest(scoresOf(ours, fittedMetric), scoresOf(rival, fittedMetric)),
      })),
  );
  const corrected = holm(pairs.map(({ test }) => test.p));
  const rows = pairs.map(({ ours, rival, test }, i) => [
    ours.name,
    rival.name,
    test.superiority.toFixed(2),
    test.p.toPrecision(2),
    corrected[i].toPrecision(2),
  ]);
  return markdown(['run', 'against', 'share of pairs in which it is better', 'p', 'p by Holm'], rows);
}
