import type { ComparedMetric } from '../../record/results.ts';

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
