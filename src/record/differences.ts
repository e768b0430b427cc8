import type { RunConfig } from '../config/schema.ts';
import type { RunRecord } from './runRecord.ts';

/** A setting in which runs differ, with its text for each of them. */
export interface DifferingSetting {
  readonly setting: string;
  /** A text a run, in their order; null where the run's objective does not use the setting. */
  readonly values: readonly (string | null)[];
}

/** What beta-VAE, which trains no discriminator, does not look at. */
const ofDiscriminator: ReadonlySet<string> = new Set([
  'gamma',
  'discriminatorWidth',
  'discriminatorDepth',
  'discriminatorLearningRate',
  'discriminatorAdamBetas',
]);

function textOf(value: RunConfig[keyof RunConfig] | number): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** Every setting of a run by name, factors one by one, with what was changed on the way: "10, 20 from step 500". */
export function settingTexts({ config, changes }: RunRecord): Map<string, string> {
  const { factors, ...plain } = config;
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(plain)) texts.set(key, textOf(value));
  for (const [key, value] of Object.entries(factors)) texts.set(key, textOf(value));
  for (const { key, step, to } of changes) texts.set(key, `${texts.get(key)}, ${to} from step ${step}`);
  return texts;
}

/** The settings in which the runs that use them differ, in the order of the schema. */
export function differingSettings(records: readonly RunRecord[]): DifferingSetting[] {
  const texts = records.map(settingTexts);
  const [first] = texts;
  if (!first) return [];
  return [...first.keys()].flatMap((setting) => {
    const values = records.map(({ config }, run) =>
      config.objective === 'betaVae' && ofDiscriminator.has(setting)
        ? null
        : (texts[run].get(setting) ?? null),
    );
    const used = new Set(values.filter((value) => value !== null));
    return used.size > 1 ? [{ setting, values }] : [];
  });
}
