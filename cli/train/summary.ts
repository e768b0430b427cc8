import { type Curve, pointsOf } from '../../src/record/curve.ts';
import type { RunRecord } from '../../src/record/runRecord.ts';
import { failureLine } from '../told.ts';
import type { FailedRun } from './failures.ts';
import { duration } from './reporter.ts';

/** The end of a run that its mean losses are taken from. */
const lastShare = 0.05;

const outcomes = { complete: 'done', stopped: 'stopped', diverged: 'diverged' } as const;

/**
 * A sweep's runs as a table: losses over the last twentieth of each, scores of its last evaluation. Below it, why
 * others failed.
 */
export function summaryTable(records: readonly RunRecord[], failures: readonly FailedRun[]): string {
  const head = ['run', 'steps', '', 'reconstruction', 'KL', 'TC by D', 'FactorVAE', 'MIG', 'DCI', 'trained'];
  const rows = records.map((record) => {
    const { name, steps, outcome, seconds, history, evaluations } = record;
    const last = evaluations.at(-1);
    return [
      name,
      String(steps),
      outcomes[outcome],
      lastMean(history.reconstruction, steps)?.toFixed(2),
      lastMean(history.kl, steps)?.toFixed(2),
      lastMean(history.totalCorrelation, steps)?.toFixed(3),
      last?.factorVae.fitted.toFixed(3),
      last?.mig.toFixed(3),
      last?.dci.disentanglement.toFixed(3),
      duration(seconds),
    ].map((cell) => cell ?? '-');
  });
  const failed = failures.map(({ name }) =>
    head.map((_, column) => (column === 0 ? name : column === 2 ? 'failed' : '-')),
  );
  const table = [head, ...rows, ...failed];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  '),
  );
  return [...lines, ...failures.map(({ name, thrown }) => `${name}: ${failureLine(thrown)}`)].join('\n');
}

/** Mean of a curve over a run's last steps; undefined where nothing was measured. */
function lastMean(curve: Curve | undefined, steps: number): number | undefined {
  const points = curve ? pointsOf(curve).filter(({ to }) => to > steps * (1 - lastShare)) : [];
  if (points.length === 0) return undefined;
  const weights = points.map(({ from, to }) => to - from + 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return points.reduce((sum, { mean }, i) => sum + mean * weights[i], 0) / total;
}
