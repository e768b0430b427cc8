/** What a run may start from, train by and train on: a setting belongs to some of them, or to all. */

export const presetNames = ['tiny', 'small', 'quick', 'paper', 'quick3d', 'paper3d'] as const;
export type PresetName = (typeof presetNames)[number];

/** The objectives of each family of models: they share their networks and settings. */
export const families = { vae: ['factorVae', 'betaVae'] } as const;
export const objectives = [...families.vae] as const;
export type Objective = (typeof objectives)[number];

export const datasets = ['shapes2d', 'shapes3d', 'own'] as const;
export type DatasetName = (typeof datasets)[number];

/** The images that a data set can make: their sides, where it makes but a few, and their channels. */
export const imagesOfDatasets: Readonly<
  Record<DatasetName, { readonly sides: readonly number[] | null; readonly channels: readonly (1 | 3)[] }>
> = {
  shapes2d: { sides: null, channels: [1, 3] },
  shapes3d: { sides: [32, 64], channels: [3] },
  own: { sides: null, channels: [1, 3] },
};
