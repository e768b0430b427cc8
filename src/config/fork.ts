import { type SettingName, settingFields } from '../settings/fields.ts';
import { familyObjectives } from '../settings/scopes.ts';
import type { RunConfig } from './schema.ts';

/** What a fork keeps: data and networks, which its weights were made for, and the optimisers that go on. */
const fixedInForks = settingFields.filter(({ acts }) => acts === 'newRun');

/**
 * The settings of those that a fork keeps in which two configurations differ; also those that only one of them
 * uses, for weights of networks that it does not train are in a checkpoint all the same.
 */
export function fixedDifferences(a: RunConfig, b: RunConfig): SettingName[] {
  const names = fixedInForks.filter((field) => field.textOf(a) !== field.textOf(b)).map(({ name }) => name);
  // Another family has other networks.
  return familyObjectives(a.objective).includes(b.objective) ? names : ['objective', ...names];
}
