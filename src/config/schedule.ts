import type { LiveSettings, RunConfig } from './schema.ts';

/** The settings of a run by which gamma and beta change with the step, whatever a person does to them. */
export type Schedule = Pick<RunConfig, 'annealingFactor' | 'annealingSteps' | 'gammaWarmupSteps'>;

export type Penalties = Pick<LiveSettings, 'gamma' | 'beta'>;

/**
 * gamma and beta as they act at a step, 0 for the first.
 *
 * Annealing multiplies both by `annealingFactor`, falling evenly to 1 over `annealingSteps`: strong pressure while
 * the codes are simple lines latents up with factors, less of it later lets in what is left. Burgess et al. 2018
 * ("Understanding disentangling in beta-VAE") loosen beta-VAE likewise. The warm-up lets gamma grow evenly from 0
 * over `gammaWarmupSteps`: what a discriminator says that has learned nothing yet drives the codes apart.
 */
export function penaltiesAt(
  { annealingFactor, annealingSteps, gammaWarmupSteps }: Schedule,
  { gamma, beta }: Penalties,
  step: number,
): Penalties {
  const left = step < annealingSteps ? 1 - step / annealingSteps : 0;
  const pressure = 1 + (annealingFactor - 1) * left;
  const warmth = step < gammaWarmupSteps ? step / gammaWarmupSteps : 1;
  return { gamma: gamma * pressure * warmth, beta: beta * pressure };
}

/** The step from which gamma and beta are what they are set to. */
export function scheduleEnd({ annealingFactor, annealingSteps, gammaWarmupSteps }: Schedule): number {
  return Math.max(annealingFactor === 1 ? 0 : annealingSteps, gammaWarmupSteps);
}
