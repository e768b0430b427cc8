import { type RunConfig, runConfigSchema } from '../../config/schema.ts';
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
  | { readonly kind: 'invalid'; readonly fields: ReadonlySet<string> };

/** The configuration that the texts make of the parent's. */
export function readFork(
  texts: ForkTexts,
  parent: RunConfig,
  objective: RunConfig['objective'],
): ForkReading {
  const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.')));
  const parsed = runConfigSchema.safeParse({
    ...parent,
    objective,
    ...Object.fromEntries(forkFields.map(([field]) => [field, number(texts[field])])),
  });
  if (parsed.success) return { kind: 'valid', config: parsed.data };
  return { kind: 'invalid', fields: new Set(parsed.error.issues.map(({ path }) => String(path[0]))) };
}
