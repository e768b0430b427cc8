import type { MetricName } from '../../model/metricsRow.ts';
import type { GlossaryTerm } from '../help/glossary.ts';

/** How one metric is drawn. */
export interface Curve {
  readonly metric: MetricName;
  readonly term: MetricName & GlossaryTerm;
  readonly title: string;
  readonly unit: string;
  readonly scale: 'linear' | 'log';
  readonly decimals: number;
  readonly height: number;
  /** The values an empty chart shows. */
  readonly emptyRange: readonly [number, number];
  /** Values that always have a place on the axis. */
  readonly include: readonly number[];
  /** Horizontal lines of meaning. */
  readonly lines: readonly { readonly at: number; readonly label: string }[];
  /** Multiplies values for display. */
  readonly factor: number;
  /** Only FactorVAE measures it. */
  readonly needsDiscriminator: boolean;
}

/** What a plot needs to know of its curve. */
export type PlottedCurve = Pick<Curve, 'title' | 'scale' | 'decimals' | 'lines'>;

const common = {
  scale: 'linear',
  decimals: 2,
  height: 128,
  emptyRange: [0, 1],
  include: [],
  lines: [],
  factor: 1,
} as const;

export const curves: readonly Curve[] = [
  {
    ...common,
    metric: 'totalCorrelation',
    term: 'totalCorrelation',
    title: 'Total correlation',
    unit: 'nats',
    height: 172,
    emptyRange: [-0.5, 1],
    include: [0],
    lines: [{ at: 0, label: '' }],
    needsDiscriminator: true,
  },
  {
    ...common,
    metric: 'reconstruction',
    term: 'reconstruction',
    title: 'Reconstruction',
    unit: 'nats, log scale',
    scale: 'log',
    emptyRange: [1, 1000],
    needsDiscriminator: false,
  },
  {
    ...common,
    metric: 'kl',
    term: 'kl',
    title: 'KL',
    unit: 'nats',
    emptyRange: [0, 10],
    include: [0],
    needsDiscriminator: false,
  },
  {
    ...common,
    metric: 'discriminatorLoss',
    term: 'discriminatorLoss',
    title: 'Discriminator loss',
    unit: 'nats',
    decimals: 3,
    emptyRange: [0.6, 0.8],
    include: [Math.LN2],
    lines: [{ at: Math.LN2, label: 'ln 2' }],
    needsDiscriminator: true,
  },
  {
    ...common,
    metric: 'discriminatorAccuracy',
    term: 'discriminatorAccuracy',
    title: 'Discriminator accuracy',
    unit: '%',
    decimals: 0,
    emptyRange: [0, 100],
    factor: 100,
    include: [50],
    lines: [{ at: 50, label: 'guessing' }],
    needsDiscriminator: true,
  },
];
