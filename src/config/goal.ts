import type { Repair } from '../settings/setting.ts';

/** What a person dares another one to reach with a run. */
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

const lastStep = 2 ** 32 - 1;

/** A goal in an address: "0.9_8_5000", and behind it the step at which it was reached. */
export function writeGoal({ metric, nats, steps, reachedAt }: Goal): string {
  return [metric, nats, steps, ...(reachedAt === null ? [] : [reachedAt])].join('_');
}

/** Reads what `writeGoal` wrote; a goal that no run can have is refused. */
export function readGoal(text: string): Repair<Goal> {
  const parts = text.split('_');
  const numbers = parts.map((part) => (/^\d+(\.\d+)?$/.test(part.trim()) ? Number(part) : Number.NaN));
  const [metric, nats, steps, reachedAt = null] = numbers;
  const isStep = (step: number, last: number) => Number.isInteger(step) && step >= 1 && step <= last;
  const possible =
    (parts.length === 3 || parts.length === 4) &&
    metric > 0 &&
    metric <= 1 &&
    nats > 0 &&
    nats < Number.POSITIVE_INFINITY &&
    isStep(steps, lastStep) &&
    (reachedAt === null || isStep(reachedAt, steps));
  return possible
    ? { kind: 'value', value: { metric, nats, steps, reachedAt }, asGiven: true }
    : { kind: 'refused' };
}
