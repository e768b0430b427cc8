import { type RunConfig, runFieldsSchema } from './schema.ts';

/** What a fork may change: it acts on the next step, and no weight changes its shape or meaning by it. */
const freeInForks: readonly string[] = [
  'objective',
  'gamma',
  'beta',
  'learningRate',
  'discriminatorLearningRate',
  'seed',
] satisfies readonly (keyof RunConfig)[];

/** What a fork keeps: data and networks, which its weights were made for, and the optimisers that go on. */
const fixedInForks = runFieldsSchema.keyof().options.filter((key) => !freeInForks.includes(key));

/** The settings of those that a fork keeps in which two configurations differ. */
export function fixedDifferences(a: RunConfig, b: RunConfig): (keyof RunConfig)[] {
  return fixedInForks.filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]));
}
