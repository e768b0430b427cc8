import type { PresetName } from '../settings/scopes.ts';

export { presets } from '../settings/runConfig.ts';
export { type PresetName, presetNames } from '../settings/scopes.ts';

/** Steps after which a preset has shown what it shows: how long a run is where nobody says so. */
export const presetSteps: Readonly<Record<PresetName, number>> = {
  tiny: 2000,
  small: 6000,
  quick: 10_000,
  paper: 300_000,
};
