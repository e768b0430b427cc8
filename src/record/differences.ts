import { type SettingField, type SettingName, settingFields } from '../settings/fields.ts';
import { listSeparator } from '../settings/kinds.ts';
import { loneMoves, recordedMoves } from './moves.ts';
import type { RunRecord } from './runRecord.ts';

/** A setting in which runs differ, with its text for each of them. */
export interface DifferingSetting {
  readonly setting: SettingName;
  /** A text a run, in their order; null where the run does not use the setting. */
  readonly values: readonly (string | null)[];
}

function textOf({ allowed, textOf }: SettingField, { config }: RunRecord): string {
  const text = textOf(config);
  return allowed.kind === 'list' ? text.replaceAll(listSeparator, ', ') : text;
}

/**
 * Every setting of a run by name, factors one by one, with what was changed on the way: "10, 20 from step 500", or
 * for a drag "10, moved to 20 in steps 500 to 560".
 */
export function settingTexts(record: RunRecord): Map<SettingName, string> {
  const texts = new Map(settingFields.map((field) => [field.name, textOf(field, record)]));
  for (const { key, to, firstStep, lastStep } of recordedMoves(record)) {
    const move =
      firstStep === lastStep
        ? `${to} from step ${firstStep}`
        : `moved to ${to} in steps ${firstStep} to ${lastStep}`;
    texts.set(key, `${texts.get(key)}, ${move}`);
  }
  for (const { player, firstStep, lastStep } of loneMoves(record.loneSteps ?? [])) {
    const where = firstStep === lastStep ? `step ${firstStep}` : `steps ${firstStep} to ${lastStep}`;
    texts.set('objective', `${texts.get('objective')}, only the ${player} in ${where}`);
  }
  return texts;
}

/** The settings in which the runs that use them differ, in the order of a configuration, but factors last. */
export function differingSettings(records: readonly RunRecord[]): DifferingSetting[] {
  const texts = records.map(settingTexts);
  const factorsLast = [...settingFields].sort((a, b) => a.path.length - b.path.length);
  return factorsLast.flatMap(({ name, isUsedBy }) => {
    const values = records.map(({ config }, run) =>
      isUsedBy(config) ? (texts[run].get(name) ?? null) : null,
    );
    const used = new Set(values.filter((value) => value !== null));
    return used.size > 1 ? [{ setting: name, values }] : [];
  });
}
