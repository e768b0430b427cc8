/** What a run may start from, train by and train on: a setting belongs to some of them, or to all. */

export const presetNames = ['tiny', 'small', 'quick', 'paper'] as const;
export type PresetName = (typeof presetNames)[number];

/** The objectives of each family of models: they share their networks and settings. */
export const families = { vae: ['factorVae', 'betaVae'] } as const;
export const objectives = [...families.vae] as const;
export type Objective = (typeof objectives)[number];

export const datasets = ['shapes2d', 'own'] as const;
export type DatasetName = (typeof datasets)[number];
