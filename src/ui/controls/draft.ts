import type { BackendChoice } from '../../config/backends.ts';
import { type RunConfig, runConfigSchema } from '../../config/schema.ts';
import { factorNames } from '../../data/factors.ts';
import { formatSetting } from '../format.ts';

/** Settings of a new run as a person edits them: the text of every box, by field. */
export const draftFields = [
  ...factorNames,
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

const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.')));
const numbers = (text: string) =>
  text
    .trim()
    .split(/[\s;]+/)
    .map(number);

/** The configuration a draft describes; what it does not mention is kept from `base`. */
export function readDraft({ texts, permutedBatch }: Draft, base: RunConfig): DraftReading {
  const parsed = runConfigSchema.safeParse({
    ...base,
    factors: Object.fromEntries(factorNames.map((name) => [name, number(texts[name])])),
    imageSize: number(texts.imageSize),
    convWidths: numbers(texts.convWidths),
    denseWidth: number(texts.denseWidth),
    latents: number(texts.latents),
    discriminatorWidth: number(texts.discriminatorWidth),
    discriminatorDepth: number(texts.discriminatorDepth),
    batchSize: number(texts.batchSize),
    annealingFactor: number(texts.annealingFactor),
    annealingSteps: number(texts.annealingSteps),
    gammaWarmupSteps: number(texts.gammaWarmupSteps),
    permutedBatch,
    adamBetas: numbers(texts.adamBetas),
    discriminatorAdamBetas: numbers(texts.discriminatorAdamBetas),
    seed: number(texts.seed),
  });
  if (parsed.success) return { kind: 'valid', config: parsed.data };
  const errors: Partial<Record<DraftField, string>> = {};
  for (const { path, message, code } of parsed.error.issues) {
    const field = draftFields.find((name) => path.includes(name));
    // Not a number reads the same everywhere; what is out of range is told with its limits.
    if (field)
      errors[field] ??= code === 'invalid_type' ? 'Whole numbers or decimals only' : plain(message, code);
  }
  return { kind: 'invalid', errors };
}

/** zod's sentences, shortened to what fits under a box. */
function plain(message: string, code: string): string {
  if (code === 'custom') return 'A multiple of 2 for every convolution';
  const bound = /(>=|<=|>|<)\s*([\d.]+)( items)?/.exec(message);
  if (!bound) return 'Not a valid value';
  const [, sign, limit, items] = bound;
  return `${sign.startsWith('>') ? 'At least' : 'At most'} ${limit}${items ?? ''}`;
}

export function sameDraft(a: Draft, b: Draft): boolean {
  if (a.backend !== b.backend || a.permutedBatch !== b.permutedBatch) return false;
  return draftFields.every((field) => a.texts[field] === b.texts[field]);
}
