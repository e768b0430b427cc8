import { type BackendChoice, backendChoices } from './backends.ts';
import { fixedDifferences } from './fork.ts';
import { linkParameters } from './link.ts';
import { type PresetName, presetNames, presets } from './presets.ts';
import { type RivalSettings, rivalKeys, rivalSettingsOf } from './rival.ts';
import {
  datasetSchema,
  type FactorGrid,
  imageSizeStep,
  limits,
  objectiveSchema,
  permutedBatchSchema,
  type RunConfig,
} from './schema.ts';
import { adamBetas, channels, choice, clamp, convWidths, type Field, real, whole } from './urlFields.ts';

/**
 * A run as the query of an address: the preset, and each setting that differs from it. Reading never fails: what
 * is malformed or out of range is replaced by the nearest valid value or the preset's, and reported.
 */

/** A part of an address that could not be used as given. */
export interface UrlIssue {
  readonly field: string;
  /** As it stood in the address, however long. */
  readonly given: string;
  /** The value taken instead, or "ignored". */
  readonly used: string;
  /** What was wrong with it, to stand in brackets, where that is not plain to see: "could mean 1000 or 1". */
  readonly why?: string;
}

export interface RunUrl {
  /** The preset that the other settings start from; null where the address names none. */
  readonly preset: PresetName | null;
  readonly config: RunConfig;
  readonly backend: BackendChoice;
  /** Where two runs are to train side by side: in what the second one differs. */
  readonly rival: RivalSettings | null;
  readonly issues: readonly UrlIssue[];
}

type PlainKey = Exclude<keyof RunConfig, 'factors'>;
type Fields<Keys extends string, Values extends Record<Keys, unknown>> = {
  readonly [Key in Keys]: Field<Values[Key]>;
};

const plainFields: Fields<PlainKey, RunConfig> = {
  objective: choice(objectiveSchema.options),
  dataset: choice(datasetSchema.options),
  imageSize: whole(limits.imageSize),
  channels,
  convWidths,
  denseWidth: whole(limits.denseWidth),
  latents: whole(limits.latents),
  discriminatorWidth: whole(limits.discriminatorWidth),
  discriminatorDepth: whole(limits.discriminatorDepth),
  batchSize: whole(limits.batchSize),
  gamma: real(limits.gamma),
  beta: real(limits.beta),
  annealingFactor: real(limits.annealingFactor),
  annealingSteps: whole(limits.annealingSteps),
  gammaWarmupSteps: whole(limits.gammaWarmupSteps),
  permutedBatch: choice(permutedBatchSchema.options),
  learningRate: real(limits.learningRate),
  adamBetas,
  discriminatorLearningRate: real(limits.learningRate),
  discriminatorAdamBetas: adamBetas,
  seed: whole(limits.seed),
};

const factorFields: Fields<keyof FactorGrid, FactorGrid> = {
  shape: whole(limits.shape),
  scale: whole(limits.scale),
  orientation: whole(limits.orientation),
  posX: whole(limits.position),
  posY: whole(limits.position),
};

/** The keys of an object whose keys are all known, typed as such. */
function keysOf<Key extends string>(fields: Readonly<Record<Key, unknown>>): Key[] {
  const keys: Key[] = [];
  for (const key in fields) keys.push(key);
  return keys;
}

/** The rival's settings go by these names. */
const rivalNames = { objective: 'rivalObjective', gamma: 'rivalGamma', beta: 'rivalBeta' } as const;

const knownNames: ReadonlySet<string> = new Set([
  ...['preset', 'backend'],
  ...[...keysOf(plainFields), ...keysOf(factorFields), ...Object.values(rivalNames)],
]);

class QueryReader {
  readonly issues: UrlIssue[] = [];
  /** The texts of each parameter in their order: a damaged link may have several. */
  readonly #query = new Map<string, string[]>();

  constructor(search: string) {
    for (const [name, text] of linkParameters(search, knownNames)) {
      const texts = this.#query.get(name);
      if (texts) texts.push(text);
      else this.#query.set(name, [text]);
    }
  }

  has(name: string): boolean {
    return this.#query.has(name);
  }

  /** The field's value in the query, repaired, else `fallback`. Of several the first counts. */
  read<Value>(name: string, field: Field<Value>, fallback: Value): Value {
    const texts = this.#query.get(name);
    if (!texts) return fallback;
    const [given] = texts;
    const reading = field.read(given);
    const value = reading.kind === 'value' ? reading.value : fallback;
    const used = field.write(value);
    if (new Set(texts).size > 1)
      this.issues.push({ field: name, given: texts.join(', '), used, why: `given ${texts.length} times` });
    else if (reading.kind === 'refused')
      this.issues.push({ field: name, given, used, ...(reading.why && { why: reading.why }) });
    else if (!reading.asGiven) this.issues.push({ field: name, given, used });
    return value;
  }

  /** Names what the page gives no meaning. */
  ignoreRest(): void {
    for (const [name, [given]] of this.#query)
      if (!knownNames.has(name)) this.issues.push({ field: name, given, used: 'ignored' });
  }

  /** The rival of a run, which is the same in what is not given; null where nothing is. */
  readRival(run: RivalSettings): RivalSettings | null {
    if (!rivalKeys.some((key) => this.has(rivalNames[key]))) return null;
    return {
      objective: this.read(rivalNames.objective, plainFields.objective, run.objective),
      gamma: this.read(rivalNames.gamma, plainFields.gamma, run.gamma),
      beta: this.read(rivalNames.beta, plainFields.beta, run.beta),
    };
  }

  readAll<Values extends Record<Key, unknown>, Key extends string>(
    fields: Fields<Key, Values>,
    fallback: Values,
  ): Values {
    const values = { ...fallback };
    for (const key of keysOf(fields)) values[key] = this.read(key, fields[key], fallback[key]);
    return values;
  }
}

/** The nearest multiple of 2^convolutions within the limits of an image's side. */
function nearestImageSize(size: number, convLayers: number): number {
  const step = imageSizeStep(convLayers);
  const { min, max } = limits.imageSize;
  return clamp(Math.round(size / step) * step, {
    min: Math.ceil(min / step) * step,
    max: Math.floor(max / step) * step,
  });
}

/** Reads the query of an address. `fallbackPreset` serves where it names no preset. */
export function parseRunUrl(search: string, fallbackPreset: PresetName): RunUrl {
  const reader = new QueryReader(search);
  const named = reader.has('preset')
    ? reader.read<PresetName | null>(
        'preset',
        { read: choice(presetNames).read, write: (preset) => preset ?? fallbackPreset },
        null,
      )
    : null;
  const base = presets[named ?? fallbackPreset];
  const factors = reader.readAll<FactorGrid, keyof FactorGrid>(factorFields, base.factors);
  const { factors: _, ...plainBase } = base;
  const plain = reader.readAll<Omit<RunConfig, 'factors'>, PlainKey>(plainFields, plainBase);
  const imageSize = nearestImageSize(plain.imageSize, plain.convWidths.length);
  if (imageSize !== plain.imageSize)
    reader.issues.push({ field: 'imageSize', given: String(plain.imageSize), used: String(imageSize) });
  const backend = reader.read<BackendChoice>('backend', choice(backendChoices), 'auto');

  const rival = reader.readRival(plain);

  reader.ignoreRest();
  const config = { ...plain, imageSize, factors };
  return { preset: named, config, backend, rival, issues: reader.issues };
}

/**
 * The query (with "?") that `parseRunUrl` reads back as this run: the preset and what differs from it, and in what the
 * rival beside it differs from the run.
 */
export function runQuery(
  config: RunConfig,
  preset: PresetName,
  backend: BackendChoice,
  rival: RivalSettings | null = null,
): string {
  const query = new URLSearchParams({ preset });
  const base = presets[preset];
  writeDifferences(query, factorFields, config.factors, base.factors);
  writeDifferences<RunConfig, PlainKey>(query, plainFields, config, base);
  if (backend !== 'auto') query.set('backend', backend);
  if (rival) writeRival(query, rival, rivalSettingsOf(config));
  return `?${query}`;
}

function writeRival(query: URLSearchParams, rival: RivalSettings, run: RivalSettings): void {
  const different = rivalKeys.filter((key) => rival[key] !== run[key]);
  // Something must say that there is a rival, even one that is the same in all.
  for (const key of different.length > 0 ? different : (['gamma'] as const))
    query.set(rivalNames[key], String(rival[key]));
}

function writeDifferences<Values extends Record<Key, unknown>, Key extends string>(
  query: URLSearchParams,
  fields: Fields<Key, Values>,
  values: Values,
  base: Values,
): void {
  for (const key of keysOf(fields)) {
    const text = fields[key].write(values[key]);
    if (text !== fields[key].write(base[key])) query.set(key, text);
  }
}

/** The preset that a configuration equals in all but its seed and live settings, if any. */
export function presetOf(config: RunConfig): PresetName | null {
  return presetNames.find((name) => fixedDifferences(presets[name], config).length === 0) ?? null;
}
