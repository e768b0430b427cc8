import type { Objective } from './schema.ts';

/** Who learns in a step, by the names of the plan's optimisers. */
export const players = ['vae', 'discriminator'] as const;
export type Player = (typeof players)[number];

const byObjective: Readonly<Record<Objective, readonly Player[]>> = {
  factorVae: ['vae', 'discriminator'],
  betaVae: ['vae'],
};

/** The players of a run: a step of one of them only is another step where there are two. */
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

/** Lone steps, in their order, with more that follow: they are one with the last where they go on from it. */
export function withLoneSteps(all: readonly LoneSteps[], more: LoneSteps): LoneSteps[] {
  const before = upToStep(all, more.step - 1);
  const last = before.at(-1);
  return last?.player === more.player && lastOf(last) + 1 === more.step
    ? [...before.slice(0, -1), { ...last, steps: last.steps + more.steps }]
    : [...before, more];
}

/** Those of lone steps that come no later than a step. */
export function upToStep(all: readonly LoneSteps[], last: number): LoneSteps[] {
  return all.flatMap((lone) =>
    lone.step > last ? [] : [{ ...lone, steps: Math.min(lone.steps, last - lone.step + 1) }],
  );
}

/** Whether a player learns alone in a step. */
export function learnsAlone(all: readonly LoneSteps[], player: Player, step: number): boolean {
  return all.some((lone) => lone.player === player && lone.step <= step && step <= lastOf(lone));
}
