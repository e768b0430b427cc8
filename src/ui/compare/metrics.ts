import { type ComparedMetric, comparedMetrics } from '../../record/results.ts';
import type { RunRecord } from '../../record/runRecord.ts';

/** How a metric is named and drawn where runs are laid over one another. */
export interface MetricView {
  readonly title: string;
  /** For a small screen. */
  readonly short: string;
  readonly unit: string;
  readonly decimals: number;
  /** Whether all its values are positive, so that a logarithmic axis can show them. */
  readonly positive: boolean;
  /** Values that always have a place on a linear axis. */
  readonly include: readonly number[];
  /** Measured at some steps only: each is shown as a point, and smoothing does not apply. */
  readonly sparse: boolean;
}

export const metricViews: Readonly<Record<ComparedMetric, MetricView>> = {
  reconstruction: {
    title: 'Reconstruction',
    short: 'Reconstruction',
    unit: 'nats',
    decimals: 2,
    positive: true,
    include: [],
    sparse: false,
  },
  kl: { title: 'KL', short: 'KL', unit: 'nats', decimals: 2, positive: true, include: [0], sparse: false },
  totalCorrelation: {
    title: 'Total correlation',
    short: 'TC',
    unit: 'nats',
    decimals: 2,
    positive: false,
    include: [0],
    sparse: false,
  },
  criticGap: {
    title: 'Critic gap',
    short: 'Gap',
    unit: 'score',
    decimals: 2,
    positive: false,
    include: [0],
    sparse: false,
  },
  generatorInformation: {
    title: 'Information',
    short: 'Information',
    unit: 'nats, lower is better',
    decimals: 3,
    positive: false,
    include: [0],
    sparse: false,
  },
  factorVaeMetric: {
    title: 'FactorVAE metric',
    short: 'Metric',
    unit: '0 to 1',
    decimals: 2,
    positive: false,
    include: [0, 1],
    sparse: true,
  },
};

/** The metrics that any of the runs may have: curves that all lack are left out. */
export function metricsOf(records: readonly RunRecord[]): readonly ComparedMetric[] {
  const found = comparedMetrics.filter(
    (metric) => metric === 'factorVaeMetric' || records.some(({ history }) => history[metric] !== undefined),
  );
  return records.length === 0 ? comparedMetrics : found;
}
