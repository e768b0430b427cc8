import type { Objective } from './schema.ts';

/** Who learns in a step, by the names of the plan's optimisers. */
export const players = ['vae', 'discriminator', 'generator', 'critic'] as const;
export type Player = (typeof players)[number];

const byObjective: Readonly<Record<Objective, readonly Player[]>> = {
  factorVae: ['vae', 'discriminator'],
  betaVae: ['vae'],
  infoWganGp: ['generator', 'critic'],
};

/** The players of a run. Where there is one only, its steps are whole steps. */
export function playersOf({ objective }: { readonly objective: Objective }): readonly Player[] {
  return byObjective[objective];
}

/** Steps, one after the other, in which one player only learned. */
export interface LoneSteps {
  /** The first of them. */
  readonly step: number;
  readonly player: Player;
  /** How many there are. */
  readonly steps: number;
}

/** The last of these steps. */
export function lastOf({ step, steps }: LoneSteps): number {
  return step + steps - 1;
}

/**
 * Lone steps in their order, and more after them. More of the same player, without a step between, make the last
 * ones longer.
 */
export function withLoneSteps(all: readonly LoneSteps[], more: LoneSteps): LoneSteps[] {
  const before = upToStep(all, more.step - 1);
  const last = before.at(-1);
  return last?.player === more.player && lastOf(last) + 1 === more.step
    ? [...before.slice(0, -1), { ...last, steps: last.steps + more.steps }]
    : [...before, more];
}

/** The lone steps up to a step. */
export function upToStep(all: readonly LoneSteps[], last: number): LoneSteps[] {
  return all.flatMap((lone) =>
    lone.step > last ? [] : [{ ...lone, steps: Math.min(lone.steps, last - lone.step + 1) }],
  );
}
