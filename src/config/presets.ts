export { presets } from '../settings/runConfig.ts';
export { type PresetName, presetNames } from '../settings/scopes.ts';
