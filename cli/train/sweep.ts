import { type PresetName, presets } from '../../src/config/presets.ts';
import { type RunConfig, runConfigSchema } from '../../src/config/schema.ts';
import { AppError } from '../../src/errors.ts';
import { kebabCase, type Setting, settingText, withSetting } from './settings.ts';

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

/** Something that may take several values, and how each acts on a run. */
interface Choice {
  readonly option: string;
  readonly setting: Setting;
  readonly value: unknown;
}

/**
 * Every combination of the presets and values, the last varying fastest. Names tell only what was given as a list.
 * @throws AppError UsageError where the settings of a run do not fit each other.
 */
export function sweepOf(presetList: readonly PresetName[], given: readonly SettingValues[]): SweptRun[] {
  const combinations = given.reduce<readonly (readonly Choice[])[]>(
    (partial, { setting, values }) =>
      partial.flatMap((choices) =>
        values.map((value) => [...choices, { option: setting.option, setting, value }]),
      ),
    [[]],
  );
  const listed = new Set(given.filter(({ values }) => values.length > 1).map(({ setting }) => setting));
  return presetList.flatMap((preset) =>
    combinations.map((choices) => {
      const config = configOf(preset, choices);
      const parts = choices
        .filter(({ setting }) => listed.has(setting))
        .map(({ option, setting }) => `${option}-${settingText(config, setting).replaceAll('_', 'x')}`);
      if (presetList.length > 1) parts.unshift(`preset-${preset}`);
      return { name: parts.join('_'), preset, config };
    }),
  );
}

function configOf(preset: PresetName, choices: readonly Choice[]): RunConfig {
  const changed = choices.reduce<Record<string, unknown>>(
    (config, { setting, value }) => withSetting(config, setting.path, value),
    { ...presets[preset] },
  );
  const parsed = runConfigSchema.safeParse(changed);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new AppError('UsageError', `--${kebabCase(String(path.at(-1)))}: ${message}.`);
}
