import type { PresetName } from '../settings/scopes.ts';

export { presets } from '../settings/runConfig.ts';
export { type PresetName, presetNames } from '../settings/scopes.ts';

/** How many steps a preset needs to show what it is for: the length of a run, where nobody says another. */
export const presetSteps: Readonly<Record<PresetName, number>> = {
  tiny: 2000,
  small: 6000,
  quick: 10_000,
  paper: 300_000,
};
