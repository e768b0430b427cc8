import { type Curve, pointsOf } from '../../src/record/curve.ts';
import type { RunRecord } from '../../src/record/runRecord.ts';
import { alignedTable } from '../table.ts';
import { failureLine } from '../told.ts';
import type { FailedRun } from './failures.ts';
import { duration } from './reporter.ts';

/** The end of a run that its mean losses are taken from. */
const lastShare = 0.05;

const outcomes = { complete: 'done', stopped: 'stopped', diverged: 'diverged' } as const;

/** A number that a table shows of a run; undefined where it was not measured. */
interface Result {
  readonly head: string;
  /** Whether a table without a run that has it leaves it out. */
  readonly optional?: true;
  readonly digits: number;
  of(record: RunRecord): number | undefined;
}

const last = ({ evaluations }: RunRecord) => evaluations.at(-1);

const loss =
  (column: string): Result['of'] =>
  ({ history, steps }) =>
    lastMean(history[column], steps);

/** Losses over the last twentieth of a run, scores of its last evaluation. */
export const results: readonly Result[] = [
  { head: 'reconstruction', digits: 2, of: loss('reconstruction') },
  { head: 'KL', digits: 2, of: loss('kl') },
  { head: 'TC by D', digits: 3, of: loss('totalCorrelation') },
  { head: 'gap', digits: 3, optional: true, of: loss('criticGap') },
  { head: 'information', digits: 3, optional: true, of: loss('generatorInformation') },
  { head: 'FactorVAE', digits: 3, of: (record) => last(record)?.factorVae.fitted },
  { head: 'MIG', digits: 3, of: (record) => last(record)?.mig },
  { head: 'DCI', digits: 3, of: (record) => last(record)?.dci.disentanglement },
];

/** A sweep's runs as a table, and below it, why others failed. */
export function summaryTable(records: readonly RunRecord[], failures: readonly FailedRun[]): string {
  const shown = results.filter(
    ({ optional, of }) => !optional || records.some((record) => of(record) !== undefined),
  );
  const head = ['run', 'steps', '', ...shown.map((result) => result.head), 'trained'];
  const rows = records.map((record) => [
    record.name,
    String(record.steps),
    outcomes[record.outcome],
    ...shown.map(({ of, digits }) => of(record)?.toFixed(digits) ?? '-'),
    duration(record.seconds),
  ]);
  const failed = failures.map(({ name }) =>
    head.map((_, column) => (column === 0 ? name : column === 2 ? 'failed' : '-')),
  );
  const lines = alignedTable([head, ...rows, ...failed]);
  return [...lines, ...failures.map(({ name, thrown }) => `${name}: ${failureLine(thrown)}`)].join('\n');
}

/** Mean of a curve over a run's last steps; undefined where nothing was measured. */
export function lastMean(curve: Curve | undefined, steps: number): number | undefined {
  const points = curve ? pointsOf(curve).filter(({ to }) => to > steps * (1 - lastShare)) : [];
  if (points.length === 0) return undefined;
  const weights = points.map(({ from, to }) => to - from + 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return points.reduce((sum, { mean }, i) => sum + mean * weights[i], 0) / total;
}
