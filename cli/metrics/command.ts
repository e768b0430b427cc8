import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { limits } from '../../src/config/schema.ts';
import { AppError, reportOf } from '../../src/errors.ts';
import { type Evaluation, type EvaluationBudget, evaluate, fullBudget } from '../../src/metrics/evaluate.ts';
import { Work, type WorkOptions } from '../../src/metrics/work.ts';
import { wholeOption } from '../wholeOption.ts';
import { readCodesFile } from './codesFile.ts';

/** A file's codes cost nothing to look up: the sample is the whole grid, and repeats steady the FactorVAE metric. */
const fileBudget: EvaluationBudget = {
  ...fullBudget,
  sampleImages: Number.POSITIVE_INFINITY,
  factorVae: { ...fullBudget.factorVae, repeats: 5 },
};

const usage = 'npm run metrics -- FILE.safetensors [--seed N]';

/**
 * Measures the codes of the file that the arguments name.
 * @throws AppError UsageError, FileError, and those of `readCodesFile`.
 */
export async function measureFile(args: readonly string[], options: WorkOptions = {}): Promise<Evaluation> {
  const { path, seed } = readArguments(args);
  const table = readCodesFile(await readBytes(path));
  return evaluate(table, { seed, budget: fileBudget }, new Work(options));
}

/** One line of JSON with the scores; a total correlation without bound, which JSON cannot say, is null. */
export function evaluationJson(evaluation: Evaluation): string {
  const { dci, factorVae, higgins, ...rest } = evaluation;
  const { importances: _importances, ...dciScores } = dci;
  const { fitted, heldOut } = factorVae;
  return JSON.stringify({ ...rest, dci: dciScores, factorVae: { fitted, heldOut }, higgins });
}

function readArguments(args: readonly string[]): { path: string; seed: number } {
  const { values, positionals } = parse(args);
  if (positionals.length !== 1)
    throw new AppError('UsageError', `Name one file of codes, not ${positionals.length}: ${usage}`);
  return { path: positionals[0], seed: wholeOption('seed', values.seed, limits.seed.min, limits.seed.max) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { seed: { type: 'string', default: '0' } },
    });
  } catch (cause) {
    // The seed is the only option that takes a value: it has none, or one that starts with a dash.
    if (codeOf(cause) === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') throw seedError();
    const reason = reportOf(cause).message.split(/\.\s/)[0];
    throw new AppError('UsageError', `${reason}: ${usage}`, { cause });
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const reason = codeOf(cause) === 'ENOENT' ? 'there is no such file' : reportOf(cause).message;
    throw new AppError('FileError', `${path} cannot be read: ${reason}.`, { cause });
  }
}

function seedError(): AppError {
  const { min, max } = limits.seed;
  return new AppError('UsageError', `--seed must be a whole number from ${min} to ${max}.`);
}

/** The code that Node gives its errors. */
function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
}
