import { AppError } from '../../src/errors.ts';
import { type Evaluation, type EvaluationBudget, evaluate, fullBudget } from '../../src/metrics/evaluate.ts';
import { Work, type WorkOptions } from '../../src/metrics/work.ts';
import { table as settings } from '../../src/settings/table.ts';
import { readFileArguments } from '../fileArguments.ts';
import { readInput } from '../inputFile.ts';
import { wholeOption } from '../wholeOption.ts';
import { codesLimits, readCodesFile } from './codesFile.ts';

/** A file's codes cost nothing to look up: the sample is the whole grid, and repeats steady the FactorVAE metric. */
const fileBudget: EvaluationBudget = {
  ...fullBudget,
  sampleImages: Number.POSITIVE_INFINITY,
  factorVae: { ...fullBudget.factorVae, repeats: 5 },
};

const { min, max } = settings.seed;

export const metricsHelp = [
  'npm run metrics -- FILE.safetensors [--seed N]',
  '',
  'Prints the measures of a file of codes and factors as one line of JSON. The file holds "codes", float32 [N, Z], and',
  '"factors", int32 [N, K], of a whole grid in row-major order, whose sizes stand in its metadata "factor_sizes".',
  `It may have up to ${codesLimits.rows} codes of ${codesLimits.latents} numbers, and ${codesLimits.factors} factors of ${codesLimits.values} values.`,
  '',
  `  --seed N    a whole number from ${min} to ${max}, by default 0: draws the votes and samples`,
  '',
  'Ends with 0 where it measured, 2 where an argument is wrong or the file cannot be opened, 5 where the file is damaged.',
].join('\n');

/** What the arguments ask for; null: help. */
export function readMetricsArguments(args: readonly string[]): { path: string; seed: number } | null {
  const given = readFileArguments(args, ['seed']);
  if (!given) return null;
  const { paths, options } = given;
  if (paths.length !== 1) throw new AppError('UsageError.oneCodesFile', { count: paths.length });
  return { path: paths[0], seed: wholeOption('seed', options.get('seed') ?? '0', min, max) };
}

/**
 * Measures a file of codes.
 * @throws AppError FileError, and DamagedInputError with the names that `readCodesFile` gives.
 */
export async function measureFile(
  path: string,
  seed: number,
  options: WorkOptions = {},
): Promise<Evaluation> {
  const table = await readInput(path, readCodesFile);
  return evaluate(table, { seed, budget: fileBudget }, new Work(options));
}

/** One line of JSON with the scores; a total correlation without bound, which JSON cannot say, is null. */
export function evaluationJson(evaluation: Evaluation): string {
  const { dci, factorVae, higgins, ...rest } = evaluation;
  const { importances: _importances, ...dciScores } = dci;
  const { fitted, heldOut } = factorVae;
  return JSON.stringify({ ...rest, dci: dciScores, factorVae: { fitted, heldOut }, higgins });
}
