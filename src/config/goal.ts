import { type NumberKind, readNumber } from '../settings/numbers/readNumber.ts';
import type { Repair } from '../settings/setting.ts';
import { lastStep } from './lastStep.ts';

/** What a challenge asks of a run. */
export interface Goal {
  /** The FactorVAE metric, at least. */
  readonly metric: number;
  /** The reconstruction in nats, at most. */
  readonly nats: number;
  /** The step of the measurement, at most. */
  readonly steps: number;
  /** The step at which the run of this link reached it, as the link says; null for a goal that is still open. */
  readonly reachedAt: number | null;
}

/** The challenge that the page comes with. */
export const firstGoal: Goal = { metric: 0.9, nats: 8, steps: 5000, reachedAt: null };

/** A goal in an address: "0.9_8_5000", and behind it the step at which it was reached. */
export function writeGoal({ metric, nats, steps, reachedAt }: Goal): string {
  return [metric, nats, steps, ...(reachedAt === null ? [] : [reachedAt])].join('_');
}

/** Reads what `writeGoal` wrote; a goal that no run can reach is refused. */
export function readGoal(text: string): Repair<Goal> {
  const value = goalOf(text.split('_'));
  return value ? { kind: 'value', value, asGiven: true } : { kind: 'refused' };
}

/** The goal whose numbers a person wrote, in the order of an address; null for one that no run can reach. */
export function goalOf(texts: readonly string[]): Goal | null {
  const [metric, nats, steps, reachedAt = null] = texts.map((text, i) =>
    numberOf(text, i < 2 ? 'real' : 'whole'),
  );
  const isStep = (step: number, last: number) => Number.isInteger(step) && step >= 1 && step <= last;
  const possible =
    (texts.length === 3 || texts.length === 4) &&
    metric > 0 &&
    metric <= 1 &&
    nats > 0 &&
    isStep(steps, lastStep) &&
    (reachedAt === null || isStep(reachedAt, steps));
  return possible ? { metric, nats, steps, reachedAt } : null;
}

/** NaN for a text that is no number. */
function numberOf(text: string, kind: NumberKind): number {
  const reading = readNumber(text, kind);
  return reading.kind === 'number' ? reading.value : Number.NaN;
}
