import { type PresetName, presets } from '../../src/config/presets.ts';
import { type RunConfig, runConfigSchema } from '../../src/config/schema.ts';
import { AppError } from '../../src/errors.ts';
import { valueLabel } from '../../src/locale/settingWords.ts';
import { faultOf } from '../../src/settings/faults.ts';
import { withValue } from '../../src/settings/fields.ts';
import { kebabCase } from '../../src/settings/spelling.ts';
import type { Setting } from './settings.ts';

/** One run of a sweep. */
export interface SweptRun {
  /** What tells it from the others, e.g. "gamma-10_seed-0"; empty for a run that is alone. */
  readonly name: string;
  readonly preset: PresetName;
  readonly config: RunConfig;
}

/** The values asked for of one setting. */
export interface SettingValues {
  readonly setting: Setting;
  readonly values: readonly unknown[];
}

/** The runs asked for. */
export interface Sweep {
  readonly runs: readonly SweptRun[];
  /** A sentence for each setting that was given to runs which do not use it. */
  readonly notices: readonly string[];
}

interface Choice {
  readonly setting: Setting;
  readonly value: unknown;
  readonly first: boolean;
}

/**
 * Every combination of the presets and values, the last varying fastest. Names tell only what was given as a list. A run that
 * does not use a setting is done once for all values of it.
 * @throws AppError UsageError where the settings of a run do not fit each other.
 */
export function sweepOf(presetList: readonly PresetName[], given: readonly SettingValues[]): Sweep {
  const combinations = given.reduce<readonly (readonly Choice[])[]>(
    (partial, { setting, values }) =>
      partial.flatMap((choices) =>
        values.map((value, at) => [...choices, { setting, value, first: at === 0 }]),
      ),
    [[]],
  );
  const listed = new Set(given.filter(({ values }) => values.length > 1).map(({ setting }) => setting));
  const runs: SweptRun[] = [];
  for (const preset of presetList)
    for (const choices of combinations) {
      const config = configOf(preset, choices);
      const isUsed = ({ setting }: Choice) => setting.field.isUsedBy(config);
      if (!choices.every((choice) => choice.first || isUsed(choice))) continue;
      const parts = choices
        .filter((choice) => listed.has(choice.setting) && isUsed(choice))
        .map(({ setting: { option, field } }) => `${option}-${field.textOf(config).replaceAll('_', 'x')}`);
      if (presetList.length > 1) parts.unshift(`preset-${preset}`);
      runs.push({ name: parts.join('_'), preset, config });
    }
  return { runs, notices: given.flatMap(({ setting }) => noticesOf(setting, runs)) };
}

function configOf(preset: PresetName, choices: readonly Choice[]): RunConfig {
  const changed = choices.reduce<object>(
    (config, { setting, value }) => withValue(config, setting.field.path, value),
    presets[preset],
  );
  const parsed = runConfigSchema.safeParse(changed);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = kebabCase(String(issue.path.at(-1)));
  throw new AppError('UsageError.invalid', { option, problem: faultOf(issue) });
}

function noticesOf({ option, field }: Setting, runs: readonly SweptRun[]): string[] {
  const others = runs.filter(({ config }) => !field.isUsedBy(config));
  const objectives = new Set(others.map(({ config }) => valueLabel('objective', config.objective)));
  return others.length === 0 ? [] : [`--${option} has no effect on ${[...objectives].join(' or ')}.`];
}
