import { rivalKeys } from '../../config/rival.ts';
import { presetOf } from '../../config/url.ts';
import { settingLabel, valueLabel } from '../../locale/settingWords.ts';
import { differingSettings } from '../../record/differences.ts';
import { groupRuns } from '../../record/groups.ts';
import { lastConfig } from '../../record/results.ts';
import type { RunRecord } from '../../record/runRecord.ts';
import type { SettingName } from '../../settings/fields.ts';
import type { LineStyle } from '../charts/series.ts';
import { objectiveName } from '../runs/presentRecord.ts';
import type { ComparedRun } from './comparedRuns.ts';

/** Runs that differ in nothing but their seed, listed and drawn as one. */
export interface ComparedGroup {
  readonly key: string;
  /** The settings that tell it from other groups. */
  readonly name: string;
  readonly style: LineStyle;
  /** In the order of the list. */
  readonly runs: readonly ComparedRun[];
}

/** What a group's name has anyway, or leaves out. */
const named: readonly SettingName[] = [...rivalKeys, 'seed'];

/** The runs by their settings, in the order of the list. A run that stands alone keeps its own name. */
export function comparedGroups(runs: readonly ComparedRun[]): ComparedGroup[] {
  const groups = groupRuns(runs, ({ record }) => record);
  const firsts = groups.map(({ runs: [first] }) => first.record);
  const short = firsts.map(shortName);
  const differing = differingSettings(firsts).filter(({ setting }) => !named.includes(setting));
  return groups.map(({ key, runs: members }, group) => {
    const [{ record, style }] = members;
    const isPlain = short.filter((name) => name === short[group]).length === 1;
    const others = differing.flatMap(({ setting, values }) => {
      const value = values[group];
      return isPlain || value === null ? [] : [`${settingLabel(setting)} ${valueLabel(setting, value)}`];
    });
    const name = [short[group], ...others].join(', ');
    return { key, name: members.length === 1 ? record.name : name, style, runs: members };
  });
}

/** The objective with its weights, and the preset: enough for most groups. */
function shortName(record: RunRecord): string {
  const config = lastConfig(record);
  return [objectiveName(config), presetOf(config)].filter((part) => part !== null).join(', ');
}

/** Where runs are not grouped, each is a group of its own. */
export function groupOfOne(run: ComparedRun): ComparedGroup {
  return { key: run.key, name: run.record.name, style: run.style, runs: [run] };
}

/** What is shown of a group: nothing, or the group with those of its runs that are ticked. */
export function shownPart(group: ComparedGroup): ComparedGroup[] {
  const runs = group.runs.filter(({ shown }) => shown);
  return runs.length === 0 ? [] : [{ ...group, runs }];
}
