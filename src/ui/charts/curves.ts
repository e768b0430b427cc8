import { modelNotes } from '../../locale/en/models.ts';
import type { Column } from '../../model/columns.ts';
import type { GlossaryTerm } from '../help/glossary.ts';

/** How one column of metrics is drawn: its name is what the page knows of a family. */
export interface Curve {
  readonly metric: string;
  readonly term: GlossaryTerm;
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
  /** Said in place of the curve where a run of a model that has it does not measure it. */
  readonly unmeasured: string;
  /** Whether it stands out from the others: what its family is about. */
  readonly lead: boolean;
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
  unmeasured: 'This run does not measure it.',
  lead: false,
} as const;

const ofDiscriminator = {
  ...common,
  unmeasured: 'beta-VAE trains no discriminator: not measured.',
} as const;

const totalCorrelation: Curve = {
  ...ofDiscriminator,
  metric: 'totalCorrelation',
  term: 'totalCorrelation',
  title: 'Total correlation',
  unit: 'nats',
  height: 172,
  emptyRange: [-0.5, 1],
  include: [0],
  lines: [{ at: 0, label: '' }],
  lead: true,
};

const ofVaes: readonly Curve[] = [
  totalCorrelation,
  {
    ...common,
    metric: 'reconstruction',
    term: 'reconstruction',
    title: 'Reconstruction',
    unit: 'nats, log scale',
    scale: 'log',
    emptyRange: [1, 1000],
  },
  {
    ...common,
    metric: 'kl',
    term: 'kl',
    title: 'KL',
    unit: 'nats',
    emptyRange: [0, 10],
    include: [0],
  },
  {
    ...ofDiscriminator,
    metric: 'discriminatorLoss',
    term: 'discriminatorLoss',
    title: 'Discriminator loss',
    unit: 'nats',
    decimals: 3,
    emptyRange: [0.6, 0.8],
    include: [Math.LN2],
    lines: [{ at: Math.LN2, label: 'ln 2' }],
  },
  {
    ...ofDiscriminator,
    metric: 'discriminatorAccuracy',
    term: 'discriminatorAccuracy',
    title: 'Discriminator accuracy',
    unit: '%',
    decimals: 0,
    emptyRange: [0, 100],
    factor: 100,
    include: [50],
    lines: [{ at: 50, label: 'guessing' }],
  },
];

const ofInfoWganGp: readonly Curve[] = [
  {
    ...common,
    metric: 'criticGap',
    term: 'criticGap',
    title: 'Critic gap',
    unit: 'score',
    height: 172,
    include: [0],
    lines: [{ at: 0, label: '' }],
    lead: true,
  },
  {
    ...common,
    metric: 'penalty',
    term: 'penalty',
    title: 'Gradient penalty',
    unit: 'unweighted',
    decimals: 3,
    emptyRange: [0, 0.1],
    include: [0],
  },
  {
    ...common,
    metric: 'generatorInformation',
    term: 'information',
    title: 'Information',
    unit: 'nats, lower is better',
    decimals: 3,
    include: [0],
  },
  {
    ...common,
    metric: 'generatorScore',
    term: 'generatorScore',
    title: 'Score of generated pictures',
    unit: 'score',
  },
];

export const curves: readonly Curve[] = [...ofVaes, ...ofInfoWganGp];

/** The curves that a run has; before there is one, those of most runs. */
export function curvesOf(columns: readonly Column[] | null): readonly Curve[] {
  if (!columns) return ofVaes;
  return curves.filter(({ metric }) => columns.some(({ name }) => name === metric));
}

/** The curve that stands out from a run's others. */
export function leadOf(columns: readonly Column[] | null): Curve {
  return curvesOf(columns).find(({ lead }) => lead) ?? totalCorrelation;
}

/** What is said in place of a curve that a run does not measure; null for one that it does. */
export function unmeasuredNote(
  { metric, unmeasured }: Curve,
  columns: readonly Column[] | null,
): string | null {
  if (!columns) return null;
  const column = columns.find(({ name }) => name === metric);
  if (!column) return modelNotes.noQuantity;
  return column.measured ? null : unmeasured;
}
