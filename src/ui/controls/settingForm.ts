import type { z } from 'zod';
import type { RunConfig } from '../../config/schema.ts';
import { runConfigSchema } from '../../config/schema.ts';
import { en } from '../../locale/en/index.ts';
import { fill } from '../../locale/fill.ts';
import { settingEntry } from '../../locale/settingWords.ts';
import { word } from '../../locale/word.ts';
import { type SettingField, type SettingName, withValue } from '../../settings/fields.ts';

/** Settings as a person edits them: the text of every box and choice. */
export type SettingTexts = Readonly<Partial<Record<SettingName, string>>>;

export type SettingsReading =
  | { readonly kind: 'valid'; readonly config: RunConfig }
  /** A sentence for each setting that is not valid. */
  | { readonly kind: 'invalid'; readonly errors: SettingTexts };

export function settingTexts(fields: readonly SettingField[], config: RunConfig): SettingTexts {
  return Object.fromEntries(fields.map((field) => [field.name, field.shownIn(config)]));
}

/** The configuration that the texts of these settings make of `base`. */
export function readSettings(
  fields: readonly SettingField[],
  texts: SettingTexts,
  base: RunConfig,
): SettingsReading {
  const errors: Partial<Record<SettingName, string>> = {};
  let config: object = base;
  for (const { name, path, read, shownIn } of fields) {
    // A box shows no more than six digits: one that nobody touched keeps its value to the last.
    if (texts[name] === shownIn(base)) continue;
    const reading = read(texts[name] ?? '');
    if (reading.kind === 'value') config = withValue(config, path, reading.value);
    else {
      const entry = settingEntry(name);
      errors[name] =
        entry && ['empty', 'unreadable'].includes(reading.reason) ? entry : word(reading.message);
    }
  }
  const parsed = runConfigSchema.safeParse(config);
  for (const { name } of fields) {
    const issue = parsed.error?.issues.find(({ path }) => path.includes(name));
    // A box that could not be read keeps its own sentence.
    if (issue) errors[name] ??= issueText(issue, name);
  }
  if (parsed.success && Object.keys(errors).length === 0) return { kind: 'valid', config: parsed.data };
  return { kind: 'invalid', errors };
}

/** What the schema says against a value, in a few words for under its box. */
function issueText(issue: z.core.$ZodIssue, name: SettingName): string {
  if (issue.code === 'custom')
    return issue.params
      ? fill(en.values.ofDataset, { allowed: String(issue.params.allowed) })
      : en.values.notDivisible;
  if (issue.code === 'invalid_type' && issue.expected === 'int') return en.values.wholeOnly;
  if (issue.code === 'too_small')
    return (
      (issue.origin === 'array' && settingEntry(name)) ||
      fill(en.values.atLeast, { min: Number(issue.minimum) })
    );
  if (issue.code === 'too_big')
    return fill(issue.origin === 'array' ? en.values.atMostNumbers : en.values.atMost, {
      max: Number(issue.maximum),
    });
  return en.values.notValid;
}
