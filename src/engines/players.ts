import { AppError } from '../errors.ts';
import type { Rests } from '../model/snapshot.ts';
import { rateName } from '../plan/model.ts';
import type { Optimiser, Plan } from '../plan/program.ts';

/**
 * A step of one player only draws and computes what a whole step does, and leaves out the updates of all
 * optimisers but one. The others rest: their parameters, moments and counts of updates stay.
 */

/** @throws AppError PlayerError unless it is one of the plan's optimisers. */
export function checkPlayer({ optimisers }: Plan, only: string | null): void {
  if (only !== null && !optimisers.some(({ name }) => name === only))
    throw new AppError('PlayerError', { player: only, players: optimisers.map(({ name }) => name) });
}

/** Whether an optimiser updates its parameters in a step; `only`: null for a whole step. */
export function learns(optimiser: string, only: string | null): boolean {
  return only === null || only === optimiser;
}

/** What rested after one more step. */
export function restsAfter(rests: Rests, { optimisers }: Plan, only: string | null): Rests {
  const rested = optimisers.filter(({ name }) => !learns(name, only));
  return { ...rests, ...Object.fromEntries(rested.map(({ name }) => [name, (rests[name] ?? 0) + 1])) };
}

/** Which update of an optimiser comes in the step after `step`, in a repeat of its program: 1 for the first. */
export function updateNumber(
  { name }: Optimiser,
  rests: Rests,
  step: number,
  { repeats, repeat }: { readonly repeats: number; readonly repeat: number },
): number {
  return (step - (rests[name] ?? 0)) * repeats + repeat + 1;
}

/** An optimiser's learning rate among live values. */
export function rateOf({ name }: Optimiser, live: Readonly<Record<string, number>>): number {
  return live[rateName(name)];
}
