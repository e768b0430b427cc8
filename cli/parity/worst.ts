import type { NamedTensors } from '../../src/model/parameters.ts';

/** The largest error, and where it was. */
export interface Worst {
  readonly error: number;
  /** E.g. "kl of step 2", "decoder.deconv0.weight". */
  readonly where: string;
}

/** The largest error; one that is not a number counts as the largest of all. */
export function worstOf(errors: readonly Worst[]): Worst {
  const size = ({ error }: Worst) => (Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  return errors.reduce((worst, next) => (size(next) > size(worst) ? next : worst));
}

/** How far trained parameters are from those of the reference, by tensor. */
export function parameterErrors(expected: NamedTensors, trained: NamedTensors): Worst[] {
  return Array.from(expected, ([name, { data }]) => ({
    error: meanAbsoluteDifference(data, trained.get(name)?.data),
    where: name,
  }));
}

function meanAbsoluteDifference(expected: Float32Array, actual: Float32Array | undefined): number {
  if (actual?.length !== expected.length) return Number.POSITIVE_INFINITY;
  return expected.reduce((sum, value, i) => sum + Math.abs(value - actual[i]), 0) / expected.length;
}
