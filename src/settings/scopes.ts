/** What a run may start from, train by and train on: a setting belongs to some of them, or to all. */

export const presetNames = ['tiny', 'small', 'quick', 'paper', 'quick3d', 'paper3d'] as const;
export type PresetName = (typeof presetNames)[number];

/** The objectives of each family of models: they share their networks and settings. */
export const families = { vae: ['factorVae', 'betaVae'], infoWganGp: ['infoWganGp'] } as const;
export const objectives = [...families.vae, ...families.infoWganGp] as const;
export type Objective = (typeof objectives)[number];
/** The objectives of VAEs: they have a reconstruction. */
export type VaeObjective = (typeof families.vae)[number];

export function isVae(objective: Objective): objective is VaeObjective {
  const vaes: readonly Objective[] = families.vae;
  return vaes.includes(objective);
}

/** The objectives of the same family, this one among them: their networks are the same. */
export function familyObjectives(objective: Objective): readonly Objective[] {
  return isVae(objective) ? families.vae : families.infoWganGp;
}

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
