import type { z } from 'zod';
import { keysOf } from './objects.ts';
import { configKeys, type RunConfig } from './runConfig.ts';
import { objectives as allObjectives, type Objective } from './scopes.ts';
import type { Acts, Allowed, FormSection, Grid, Repair, Setting } from './setting.ts';
import { table } from './table.ts';

type Table = typeof table;
type GridKey = {
  [Key in keyof Table]: Table[Key] extends { readonly parts: unknown } ? Key : never;
}[keyof Table];
type PlainKey = Exclude<keyof Table, GridKey>;

/** The name of a setting, wherever it stands: the parts of a grid have their own. */
export type SettingName = PlainKey | { [Key in GridKey]: keyof RunConfig[Key] }[GridKey];

/** The entry of the table that goes by a name. */
export type SettingOf<Name extends SettingName> = Name extends PlainKey
  ? Table[Name]
  : { [Key in GridKey]: Name extends keyof Table[Key]['parts'] ? Table[Key]['parts'][Name] : never }[GridKey];

/** What decides which settings a run uses. */
export type Scope = Pick<RunConfig, 'objective' | 'dataset'>;

/** A setting in its place: of a whole configuration it reads and writes the one value that it is about. */
export interface SettingField {
  readonly name: SettingName;
  /** Where it stands in a configuration: ["gamma"], ["factors", "posX"]. */
  readonly path: readonly string[];
  readonly acts: Acts;
  readonly form: FormSection | null;
  readonly allowed: Allowed;
  readonly schema: z.ZodType;
  /** The objectives that use it; null where all do. */
  readonly objectives: readonly Objective[] | null;
  /** Whether a run of this objective on this data set looks at it. */
  isUsedBy(scope: Scope): boolean;
  /** The text of its value in an address and on a command line. */
  textOf(config: RunConfig): string;
  /** The text of its value in a box. */
  shownIn(config: RunConfig): string;
  /** A person's text as a value, not yet held against the schema. */
  readonly read: Setting<unknown>['read'];
  /** The configuration with the valid value that is nearest to a text of an address. */
  repair(text: string, config: RunConfig): Repair<RunConfig>;
}

const plain: { readonly [Key in PlainKey]: Setting<RunConfig[Key]> } = table;
const grids: { readonly [Key in GridKey]: Grid<RunConfig[Key]> } = table;
const isGrid = (key: keyof Table): key is GridKey => 'parts' in table[key];

/** Every setting, in the order of a configuration. */
export const settingFields: readonly SettingField[] = configKeys.flatMap((key) =>
  isGrid(key) ? keysOf(grids[key].parts).map((part) => partField(key, part)) : [plainField(key)],
);

const byName = new Map(settingFields.map((field) => [field.name, field]));

export function settingField(name: SettingName): SettingField {
  const field = byName.get(name);
  if (!field) throw new RangeError(`${name} is no setting`);
  return field;
}

/** The settings that a run looks at, in the order of a configuration. */
export function usedFields(scope: Scope): SettingField[] {
  return settingFields.filter((field) => field.isUsedBy(scope));
}

/** A configuration, not yet checked, with the value at a path. */
export function withValue(
  config: object,
  [key, ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const values: Record<string, unknown> = { ...config };
  const inside = values[key];
  values[key] =
    rest.length === 0 ? value : withValue(typeof inside === 'object' && inside ? inside : {}, rest, value);
  return values;
}

/** How the one value is found in a configuration and put into it. */
interface Place<Value> {
  readonly name: SettingName;
  readonly path: readonly string[];
  get(config: RunConfig): Value;
  put(config: RunConfig, value: Value): RunConfig;
}

function plainField<Key extends PlainKey>(key: Key): SettingField {
  return fieldAt<RunConfig[Key]>(plain[key], {
    name: key,
    path: [key],
    get: (config) => config[key],
    put: (config, value) => ({ ...config, [key]: value }),
  });
}

function partField<Key extends GridKey, Part extends keyof RunConfig[Key] & SettingName>(
  key: Key,
  part: Part,
): SettingField {
  return fieldAt<RunConfig[Key][Part]>(grids[key].parts[part], {
    name: part,
    path: [key, part],
    get: (config) => config[key][part],
    put: (config, value) => ({ ...config, [key]: { ...config[key], [part]: value } }),
  });
}

function fieldAt<Value>(setting: Setting<Value>, { name, path, get, put }: Place<Value>): SettingField {
  const { acts, form = null, allowed, schema, objectives, datasets } = setting;
  return {
    name,
    path,
    acts,
    form,
    allowed,
    schema,
    objectives: objectives && objectives.length < allObjectives.length ? objectives : null,
    isUsedBy: ({ objective, dataset }) =>
      (objectives?.includes(objective) ?? true) && (datasets?.includes(dataset) ?? true),
    textOf: (config) => setting.write(get(config)),
    shownIn: (config) => setting.show(get(config)),
    read: (text) => setting.read(text),
    repair: (text, config) => {
      const repair = setting.repair(text);
      return repair.kind === 'value' ? { ...repair, value: put(config, repair.value) } : repair;
    },
  };
}
