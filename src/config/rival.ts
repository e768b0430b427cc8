import { type SettingName, settingFields } from '../settings/fields.ts';
import { pick } from '../settings/objects.ts';
import { withObjective } from './objective.ts';
import type { PresetName } from './presets.ts';
import type { RunConfig } from './schema.ts';

/** The rival settings: those in which side B of two runs side by side may differ from side A. */
export const rivalKeys = [
  'objective',
  'gamma',
  'beta',
  'informationWeight',
] as const satisfies readonly (keyof RunConfig)[];
export type RivalSettings = Pick<RunConfig, (typeof rivalKeys)[number]>;

export function rivalSettingsOf(config: RunConfig): RivalSettings {
  return pick(config, rivalKeys);
}

/** Whether each of two runs side by side has a value of its own of a setting. */
export function isRivalKey(name: SettingName): boolean {
  const own: readonly SettingName[] = rivalKeys;
  return own.includes(name);
}

/**
 * Settings of a side B that shows what the run's objective is for: without its penalty, or with the other
 * objective.
 */
export function usualRival(config: RunConfig, preset: PresetName): RivalSettings {
  const { objective, gamma, informationWeight } = config;
  switch (objective) {
    case 'factorVae':
      return rivalSettingsOf({ ...config, gamma: gamma > 0 ? 0 : 10 });
    case 'betaVae':
      return rivalSettingsOf(withObjective(config, 'factorVae', preset));
    case 'infoWganGp':
      return rivalSettingsOf({ ...config, informationWeight: informationWeight > 0 ? 0 : 1 });
  }
}

/**
 * The settings that runs side by side must share in which two configurations differ; what neither uses is none.
 */
export function sharedDifferences(a: RunConfig, b: RunConfig): SettingName[] {
  return settingFields
    .filter((field) => !isRivalKey(field.name) && (field.isUsedBy(a) || field.isUsedBy(b)))
    .filter((field) => field.textOf(a) !== field.textOf(b))
    .map(({ name }) => name);
}
