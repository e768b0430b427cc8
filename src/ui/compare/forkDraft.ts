import { type RunConfig, runConfigSchema } from '../../config/schema.ts';
import { type BoxShape, FormReading } from '../controls/formReading.ts';
import { formatSetting } from '../format.ts';

/** The numbers of a fork that a person may change, and what they are called. */
export const forkFields = [
  ['gamma', 'gamma'],
  ['beta', 'beta'],
  ['learningRate', 'Learning rate'],
  ['discriminatorLearningRate', 'Discriminator’s rate'],
  ['seed', 'Seed'],
] as const;
export type ForkField = (typeof forkFields)[number][0];

/** The text of every box. */
export type ForkTexts = Readonly<Record<ForkField, string>>;

export function forkTexts(config: RunConfig): ForkTexts {
  return {
    gamma: formatSetting(config.gamma),
    beta: formatSetting(config.beta),
    learningRate: formatSetting(config.learningRate),
    discriminatorLearningRate: formatSetting(config.discriminatorLearningRate),
    seed: String(config.seed),
  };
}

export type ForkReading =
  | { readonly kind: 'valid'; readonly config: RunConfig }
  | { readonly kind: 'invalid'; readonly errors: ReadonlyMap<ForkField, string> };

const shapes: Readonly<Record<ForkField, BoxShape>> = {
  gamma: { kind: 'real' },
  beta: { kind: 'real' },
  learningRate: { kind: 'real' },
  discriminatorLearningRate: { kind: 'real' },
  seed: { kind: 'whole' },
};

/** The configuration that the texts make of the parent's. */
export function readFork(
  texts: ForkTexts,
  parent: RunConfig,
  objective: RunConfig['objective'],
): ForkReading {
  const form = new FormReading(texts, shapes);
  const parsed = runConfigSchema.safeParse({
    ...parent,
    objective,
    ...Object.fromEntries(forkFields.map(([field]) => [field, form.value(field)])),
  });
  if (parsed.success) return { kind: 'valid', config: parsed.data };
  form.addIssues(parsed.error.issues);
  return { kind: 'invalid', errors: form.errors };
}
