import type { Column } from '../model/columns.ts';
import { absent, formatQuantity, formatTick } from './format.ts';
import type { GlossaryTerm } from './help/glossary.ts';

/** What is measured of each latent at every step: how bars draw it, and how a row of pictures says it. */
export interface LatentQuantity {
  /** The name of its chart. */
  readonly id: string;
  readonly term: GlossaryTerm;
  readonly title: string;
  readonly unit: string;
  /** What latents are sorted by. */
  readonly short: string;
  /** The column of a latent. */
  column(latent: number): string;
  /** A value that always has a place on the axis. */
  readonly least: number;
  readonly decimals: number;
  readonly lines: readonly { readonly at: number; readonly label: string }[];
  /** How much the latent carries, by its value; NaN where that is not known. */
  amount(value: number): number;
  readonly mostAmount: number;
  /** Whether the latent carries nothing. */
  isUnused(value: number): boolean;
  /** The value beside a row. */
  text(value: number): string;
}

/** Below this many nats a latent counts as not used: it reads as 0.0. */
const unusedBelow = 0.05;

export const klOfLatents: LatentQuantity = {
  id: 'klPerLatent',
  term: 'klPerLatent',
  title: 'KL by latent',
  unit: 'nats',
  short: 'KL',
  column: (latent) => `klLatent${latent}`,
  least: 1,
  decimals: 1,
  lines: [],
  amount: (kl) => kl,
  mostAmount: 1,
  isUnused: (kl) => kl < unusedBelow,
  text(kl) {
    // After a divergence a number leaves no room for its unit.
    return kl < 1000 ? `${formatQuantity(kl, 1)} nats` : formatTick(Number(kl.toPrecision(2)));
  },
};

/** The squared error of whoever always says the middle of a code from -1 to 1. */
const chance = 1 / 3;
/** So near to chance nothing is told. */
const unusedFrom = 0.9 * chance;

export const errorOfCodes: LatentQuantity = {
  id: 'errorPerCode',
  term: 'codeError',
  title: 'Squared error by code',
  unit: 'chance is 1/3',
  short: 'error',
  column: (code) => `codeError${code}`,
  least: 0.4,
  decimals: 2,
  lines: [{ at: chance, label: '' }],
  amount: (error) => Math.max(0, chance - error),
  mostAmount: chance,
  isUnused: (error) => error > unusedFrom,
  text: (error) => `error ${formatQuantity(error, 2)}`,
};

/** What a run measures of each of its latents. */
export function latentQuantityOf(columns: readonly Column[] | null): LatentQuantity {
  const hasErrors = columns?.some(({ name }) => name === errorOfCodes.column(0)) ?? false;
  return hasErrors ? errorOfCodes : klOfLatents;
}

/** A latent's value beside its row. */
export function latentText({ isUnused, text }: LatentQuantity, value: number): string {
  if (!Number.isFinite(value)) return absent;
  return isUnused(value) ? 'not used' : text(value);
}
