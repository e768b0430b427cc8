import { z } from 'zod';
import { keysOf, objectOf, pick } from './objects.ts';
import { imagesOfDatasets, objectives, type PresetName, presetNames } from './scopes.ts';
import type { Entry } from './setting.ts';
import { table } from './table.ts';

type Table = typeof table;
type ValueOf<In> = In extends Entry<infer Value> ? Value : never;

/** The settings of a run: what files, records and messages hold. */
export type RunConfig = { -readonly [Key in keyof Table]: ValueOf<Table[Key]> };

export type LiveKey = {
  [Key in keyof Table]: Table[Key] extends { readonly acts: 'live' } ? Key : never;
}[keyof Table];
/** What may change while a run trains; it acts on the next step. */
export type LiveSettings = Pick<RunConfig, LiveKey>;

const entries: { readonly [Key in keyof RunConfig]: Entry<RunConfig[Key]> } = table;
export const configKeys = keysOf(table);
const isLive = (key: keyof Table): key is LiveKey => {
  const entry = table[key];
  return 'acts' in entry && entry.acts === 'live';
};
export const liveKeys: readonly LiveKey[] = configKeys.filter(isLive);

const shape = schemasOf<RunConfig>(entries);

function schemasOf<Values extends object>(of: { readonly [Key in keyof Values]: Entry<Values[Key]> }) {
  return objectOf<{ [Key in keyof Values]: z.ZodType<Values[Key]> }>(keysOf(of), (key) => of[key].schema);
}

/** The settings of a run by themselves, without the rule that ties some of them: `runConfigSchema` adds it. */
export const runFieldsSchema = z.strictObject(shape);
export const liveSettingsSchema = z.strictObject(pick(shape, liveKeys));

export const objectiveSchema = z.enum(objectives);

/** Every convolution halves the picture, so its side must be a multiple of this. */
export function imageSizeStep(convLayers: number): number {
  return 2 ** convLayers;
}

/** One schema describes a run: files and messages are parsed by it. */
export const runConfigSchema = runFieldsSchema
  .refine((c) => c.imageSize % imageSizeStep(c.convWidths.length) === 0, {
    path: ['imageSize'],
    error: 'imageSize must be a multiple of 2 to the power of the number of convolutions',
  })
  .superRefine(({ dataset, imageSize, channels }, { addIssue }) => {
    const made = imagesOfDatasets[dataset];
    if (made.sides && !made.sides.includes(imageSize))
      addIssue({
        code: 'custom',
        path: ['imageSize'],
        params: { allowed: made.sides.join(' or ') },
      });
    if (!made.channels.includes(channels))
      addIssue({
        code: 'custom',
        path: ['channels'],
        params: { allowed: made.channels.join(' or ') },
      });
  });

export function liveSettingsOf(config: RunConfig): LiveSettings {
  return pick(config, liveKeys);
}

/**
 * `tiny` for tests, `small` for processors, `quick` for a first look on a GPU, `paper` as in Kim & Mnih 2018,
 * section 4. `quick` is what a search found (docs/evidence): as many latents as factors, and a small beta beside a
 * small gamma, both three times as much at first. `paper3d` is the paper's on 3D Shapes; `quick3d` is the best that a
 * search found so far (docs/evidence).
 */
export const presets: Readonly<Record<PresetName, RunConfig>> = objectOf<Record<PresetName, RunConfig>>(
  presetNames,
  (preset) => objectOf<RunConfig>(configKeys, (key) => entries[key].inPreset(preset)),
);
