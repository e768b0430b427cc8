import type { DatasetName, PresetName } from '../settings/scopes.ts';

export { presets } from '../settings/runConfig.ts';
export { type PresetName, presetNames } from '../settings/scopes.ts';

/** The data sets that presets make, with the one that a form starts from. */
export const usualPresets = { shapes2d: 'quick', shapes3d: 'quick3d' } as const satisfies Partial<
  Record<DatasetName, PresetName>
>;

/** How many steps a preset needs to show what it is for: the length of a run, where nobody says another. */
export const presetSteps: Readonly<Record<PresetName, number>> = {
  tiny: 2000,
  small: 6000,
  quick: 10_000,
  paper: 300_000,
  quick3d: 10_000,
  paper3d: 500_000,
};
