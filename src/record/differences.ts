import type { RunConfig } from '../config/schema.ts';
import { recordedMoves } from './moves.ts';
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

/**
 * Every setting of a run by name, factors one by one, with what was changed on the way: "10, 20 from step 500", or for
 * a drag "10, moved to 20 in steps 500 to 560".
 */
export function settingTexts(record: RunRecord): Map<string, string> {
  const { factors, ...plain } = record.config;
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(plain)) texts.set(key, textOf(value));
  for (const [key, value] of Object.entries(factors)) texts.set(key, textOf(value));
  for (const { key, to, firstStep, lastStep } of recordedMoves(record)) {
    const move =
      firstStep === lastStep
        ? `${to} from step ${firstStep}`
        : `moved to ${to} in steps ${firstStep} to ${lastStep}`;
    texts.set(key, `${texts.get(key)}, ${move}`);
  }
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
