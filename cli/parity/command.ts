import { AppError } from '../../src/errors.ts';
import { readFileArguments } from '../fileArguments.ts';
import { readInput } from '../inputFile.ts';
import { compareWithFixture, tolerance } from './compare.ts';
import { mostSteps, readFixture } from './fixture.ts';
import { openTrainers, parityEngines } from './trainers.ts';

export const parityHelp = [
  'npm run parity -- FILE... [--engine tfjs-wasm]',
  '',
  'Runs the steps of files that the PyTorch reference wrote, and compares losses and parameters.',
  `A file may have up to ${mostSteps} steps, and its settings keep to the limits of every run.`,
  '',
  `  --engine NAME     ${parityEngines.join(', ')}; by default tfjs-wasm`,
  '',
  'Ends with 0 where all agree, 1 where one differs by more than the tolerance, 2 where an argument is wrong or nothing',
  'could be run, 5 where a file is damaged.',
].join('\n');

/**
 * Compares every file that the arguments name, and prints a line for each; whether all agree. Null: help was asked for.
 * @throws AppError UsageError, FileError, DamagedInputError with the names that `readFixture` gives, and TrainerError.
 */
export async function compareFiles(
  args: readonly string[],
  print: (line: string) => void,
): Promise<boolean | null> {
  const given = readFileArguments(args, ['engine']);
  if (!given) return null;
  const { paths, options } = given;
  if (paths.length === 0) throw new AppError('UsageError.noParityFile');
  const { create, description } = await openTrainers(options.get('engine') ?? 'tfjs-wasm');
  print(description);

  let allPassed = true;
  for (const path of paths) {
    const fixture = await readInput(path, readFixture);
    const { passed, loss, parameter } = await compareWithFixture(fixture, create).catch((cause: unknown) => {
      throw cause instanceof AppError ? cause : new AppError('TrainerError', { path }, { cause });
    });
    const numbers = [
      `loss ${loss.error.toExponential(1)} relative (${loss.where})`,
      `parameters ${parameter.error.toExponential(1)} mean absolute (${parameter.where})`,
    ];
    print(`${passed ? 'pass' : 'FAIL'}  ${path}: ${numbers.join(', ')}`);
    allPassed &&= passed;
  }
  if (!allPassed) print(`tolerance: loss ${tolerance.loss}, parameters ${tolerance.parameter}`);
  return allPassed;
}
