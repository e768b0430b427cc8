import { dialOf } from '../config/objective.ts';
import type { RunConfig } from '../config/schema.ts';
import { type SettingName, usedFields } from '../settings/fields.ts';
import { differingSettings } from './differences.ts';
import { groupRuns } from './groups.ts';
import type { RunRecord } from './runRecord.ts';

/** Runs of the same settings, one a seed, with what a table calls them. */
export interface NamedGroup {
  /**
   * The objective with its weights, and what else differs from group to group: "factorVae, gamma 6, beta 0.05".
   */
  readonly name: string;
  readonly objective: RunConfig['objective'];
  readonly runs: readonly RunRecord[];
}

export function namedGroups(records: readonly RunRecord[]): NamedGroup[] {
  const differing = new Set(differingSettings(records).map(({ setting }) => setting));
  return groupRuns(records, (record) => record).map(({ runs }) => {
    const [{ config }] = runs;
    return { name: settingsName(config, differing), objective: config.objective, runs };
  });
}

function settingsName(config: RunConfig, differing: ReadonlySet<SettingName>): string {
  const named = usedFields(config).filter(
    ({ name }) =>
      name === dialOf(config.objective) || name === 'beta' || (differing.has(name) && name !== 'seed'),
  );
  const texts = named
    .filter(({ name }) => name !== 'objective')
    .map((field) => `${field.name} ${field.shownIn(config)}`);
  return [config.objective, ...texts].join(', ');
}
