import type { SettingField, SettingName } from '../settings/fields.ts';
import { listSeparator } from '../settings/kinds.ts';
import { formatSetting } from '../settings/numbers/formatSetting.ts';
import type { LiveKey } from '../settings/runConfig.ts';
import type { Allowed, Range } from '../settings/setting.ts';
import { en } from './en/index.ts';
import { fill } from './fill.ts';

/** The words for settings, wherever one is named: on the page and on the command line. */

interface AnyWords {
  readonly label: string;
  readonly help: string;
  readonly enter?: string;
  readonly choices?: Readonly<Record<string, string>>;
}

const words: Readonly<Record<SettingName, AnyWords>> = en.settings;

export function settingLabel(name: SettingName): string {
  return words[name].label;
}

export function settingHelp(name: SettingName): string {
  return words[name].help;
}

/** What to enter where a setting is a list, with an example; null for others. */
export function settingEntry(name: SettingName): string | null {
  return words[name].enter ?? null;
}

/** A live setting's value where there is little room: "γ 20". */
export function shortText(key: LiveKey, value: number): string {
  return `${en.settings[key].symbol} ${formatSetting(value)}`;
}

/** A value's text as a person reads it: a choice has a name of its own. */
export function valueLabel(name: SettingName, text: string): string {
  return words[name].choices?.[text] ?? text;
}

/** What a setting may be, as part of a sentence: "a number from 0 to 200". */
export function allowedText(allowed: Allowed): string {
  switch (allowed.kind) {
    case 'number':
      return fill(en.values[allowed.numbers], allowed);
    case 'oneOf':
    case 'word':
      return allowed.values.join(en.values.or);
    case 'dataSet':
      return en.values.dataSet;
    case 'list': {
      const { numbers, min, max, count } = allowed;
      const message = numbers === 'whole' ? en.values.wholes : en.values.reals;
      return fill(message, { count: countText(count), min, max });
    }
  }
}

/** The same for a text on a command line. */
export function optionText(allowed: Allowed): string {
  const values = allowedText(allowed);
  return allowed.kind === 'list' ? fill(en.values.separated, { values, separator: listSeparator }) : values;
}

/**
 * What a setting is, for a list of all: its label, what it may be, and whose it is where not every run uses it.
 */
export function settingSummary({ name, allowed, objectives }: SettingField): string {
  const text = `${settingLabel(name)}: ${optionText(allowed)}`;
  if (objectives === null) return text;
  const names = objectives.map((objective) => valueLabel('objective', objective)).join(en.values.or);
  return `${text}; ${fill(en.values.onlyFor, { objectives: names })}`;
}

function countText({ min, max }: Range): string {
  if (min !== max) return fill(en.values.countRange, { min, max });
  return min === 2 ? en.values.two : String(min);
}
