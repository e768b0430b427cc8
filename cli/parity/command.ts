import { AppError } from '../../src/errors.ts';
import { familyOf } from '../../src/families/families.ts';
import { type InfoWganGpModel, infoWganGpModel } from '../../src/families/infoWganGp/model.ts';
import { readFileArguments } from '../fileArguments.ts';
import { readInput } from '../inputFile.ts';
import { compareWithFixture, type Parity, tolerance } from './compare.ts';
import { compareInfoWganGp } from './compareInfoWganGp.ts';
import { fixtureOf } from './fixture.ts';
import { FixtureFile, mostSteps } from './fixtureFile.ts';
import { infoWganGpFixtureOf, isInfoWganGp } from './infoWganGpFixture.ts';
import { type OpenTrainers, openTrainers, parityEngines } from './trainers.ts';

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
  const trainers = await openTrainers(options.get('engine') ?? 'tfjs-wasm');
  print(trainers.description);

  let allPassed = true;
  for (const path of paths) {
    const compare = await readInput(path, readComparison);
    const { passed, loss, parameter, gradient } = await compare(trainers).catch((cause: unknown) => {
      throw cause instanceof AppError ? cause : new AppError('TrainerError', { path }, { cause });
    });
    const numbers = [
      `loss ${loss.error.toExponential(1)} relative (${loss.where})`,
      `parameters ${parameter.error.toExponential(1)} mean absolute (${parameter.where})`,
      ...(gradient
        ? [`gradients ${gradient.error.toExponential(1)} of the largest (${gradient.where})`]
        : []),
    ];
    print(`${passed ? 'pass' : 'FAIL'}  ${path}: ${numbers.join(', ')}`);
    allPassed &&= passed;
  }
  if (!allPassed)
    print(
      `tolerance: loss ${tolerance.loss}, parameters ${tolerance.parameter}, gradients ${tolerance.gradient}`,
    );
  return allPassed;
}

type Comparison = (trainers: OpenTrainers) => Promise<Parity>;

/** Reads a file of either reference; the result compares it with trainers. */
function readComparison(bytes: Uint8Array): Comparison {
  const file = FixtureFile.read(bytes);
  if (isInfoWganGp(file.given)) {
    const fixture = infoWganGpFixtureOf(file);
    return ({ create }) =>
      compareInfoWganGp(fixture, (config) => {
        const model = infoWganGpModel(config);
        return create({ model, definition: () => definitionOf(model) });
      });
  }
  const fixture = fixtureOf(file);
  return ({ create }) =>
    compareWithFixture(fixture, (config) => {
      const family = familyOf(config);
      const model = family.model(config);
      return create({ model, definition: () => family.definition(model) });
    });
}

async function definitionOf(model: InfoWganGpModel) {
  const { infoWganGpDefinition } = await import('../../src/families/infoWganGp/tfjs/definition.ts');
  return infoWganGpDefinition(model);
}
