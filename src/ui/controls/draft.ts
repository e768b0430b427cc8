import type { EngineChoice } from '../../config/engines.ts';
import type { RunConfig } from '../../config/schema.ts';
import type { Scope, SettingName } from '../../settings/fields.ts';
import { type SettingField, settingFields, usedFields } from '../../settings/fields.ts';
import { readSettings, type SettingsReading, type SettingTexts, settingTexts } from './settingForm.ts';

/** What a new run is to be, as a person edits it. */
export interface Draft {
  readonly texts: SettingTexts;
  readonly engine: EngineChoice;
}

/** The settings that the form of a new run has: those that a run of the present objective uses. */
export function formFields(scope: Scope): SettingField[] {
  // A person's own images have the size that they were taken in.
  const isFixed = (name: SettingName) => name === 'imageSize' && scope.dataset === 'own';
  return usedFields(scope).filter(({ form, name }) => form !== null && !isFixed(name));
}

export function draftOf(config: RunConfig, engine: EngineChoice): Draft {
  return { engine, texts: settingTexts(formFields(config), config) };
}

/** The configuration a draft describes; what it does not mention is kept from `base`. */
export function readDraft({ texts }: Draft, base: RunConfig): SettingsReading {
  return readSettings(formFields(base), texts, base);
}

export function sameDraft(a: Draft, b: Draft): boolean {
  return a.engine === b.engine && settingFields.every(({ name }) => a.texts[name] === b.texts[name]);
}
