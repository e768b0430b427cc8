import type { BackendChoice } from '../../config/backends.ts';
import { type RunConfig, runConfigSchema } from '../../config/schema.ts';
import { factorNames } from '../../data/shapes2d/factors.ts';
import { formatSetting } from '../format.ts';
import { type BoxShape, FormReading } from './formReading.ts';

/** Settings of a new run as a person edits them, beside the factors: the text of every box, by field. */
const settingFields = [
  'imageSize',
  'convWidths',
  'denseWidth',
  'latents',
  'discriminatorWidth',
  'discriminatorDepth',
  'batchSize',
  'annealingFactor',
  'annealingSteps',
  'gammaWarmupSteps',
  'adamBetas',
  'discriminatorAdamBetas',
  'seed',
] as const;
export const draftFields = [...factorNames, ...settingFields] as const;
export type DraftField = (typeof draftFields)[number];

export interface Draft {
  readonly texts: Readonly<Record<DraftField, string>>;
  readonly permutedBatch: RunConfig['permutedBatch'];
  readonly backend: BackendChoice;
}

export type DraftReading =
  | { readonly kind: 'valid'; readonly config: RunConfig }
  | { readonly kind: 'invalid'; readonly errors: Partial<Record<DraftField, string>> };

const list = (values: readonly number[]) => values.map(formatSetting).join(' ');

export function draftOf(config: RunConfig, backend: BackendChoice): Draft {
  const { factors } = config;
  return {
    backend,
    permutedBatch: config.permutedBatch,
    texts: {
      shape: String(factors.shape),
      scale: String(factors.scale),
      orientation: String(factors.orientation),
      posX: String(factors.posX),
      posY: String(factors.posY),
      imageSize: String(config.imageSize),
      convWidths: list(config.convWidths),
      denseWidth: String(config.denseWidth),
      latents: String(config.latents),
      discriminatorWidth: String(config.discriminatorWidth),
      discriminatorDepth: String(config.discriminatorDepth),
      batchSize: String(config.batchSize),
      annealingFactor: formatSetting(config.annealingFactor),
      annealingSteps: String(config.annealingSteps),
      gammaWarmupSteps: String(config.gammaWarmupSteps),
      adamBetas: list(config.adamBetas),
      discriminatorAdamBetas: list(config.discriminatorAdamBetas),
      seed: String(config.seed),
    },
  };
}

const whole: BoxShape = { kind: 'whole' };
const twoBetas: BoxShape = { kind: 'real', list: 'Enter two numbers separated by a space, e.g. 0.9 0.999' };
const shapes: Readonly<Record<DraftField, BoxShape>> = {
  shape: whole,
  scale: whole,
  orientation: whole,
  posX: whole,
  posY: whole,
  imageSize: whole,
  convWidths: { kind: 'whole', list: 'Enter channel counts separated by spaces, e.g. 8 16' },
  denseWidth: whole,
  latents: whole,
  discriminatorWidth: whole,
  discriminatorDepth: whole,
  batchSize: whole,
  annealingFactor: { kind: 'real' },
  annealingSteps: whole,
  gammaWarmupSteps: whole,
  adamBetas: twoBetas,
  discriminatorAdamBetas: twoBetas,
  seed: whole,
};

/** The configuration a draft describes; what it does not mention is kept from `base`. */
export function readDraft({ texts, permutedBatch }: Draft, base: RunConfig): DraftReading {
  const form = new FormReading(texts, shapes);
  const valuesOf = (fields: readonly DraftField[]) =>
    Object.fromEntries(fields.map((field) => [field, form.value(field)]));
  const parsed = runConfigSchema.safeParse({
    ...base,
    ...valuesOf(settingFields),
    factors: valuesOf(factorNames),
    permutedBatch,
  });
  if (parsed.success) return { kind: 'valid', config: parsed.data };
  form.addIssues(parsed.error.issues);
  return { kind: 'invalid', errors: Object.fromEntries(form.errors) };
}

export function sameDraft(a: Draft, b: Draft): boolean {
  if (a.backend !== b.backend || a.permutedBatch !== b.permutedBatch) return false;
  return draftFields.every((field) => a.texts[field] === b.texts[field]);
}
