import type { z } from 'zod';
import { type RunConfig, runConfigSchema } from '../config/schema.ts';
import { combinationCount } from '../data/factors.ts';
import { AppError } from '../errors.ts';
import { faultOf } from '../settings/faults.ts';

/** What commands are refused for, by name. */

/** The first thing wrong with settings, with the field that it concerns. */
export function settingError(
  code: 'InvalidConfigError' | 'InvalidSettingError.value',
  { issues: [issue] }: z.ZodError,
): AppError {
  return new AppError(code, { field: issue.path.join('.'), problem: faultOf(issue) });
}

/** @throws AppError InvalidConfigError naming the field. */
export function checkConfig(config: RunConfig): RunConfig {
  const parsed = runConfigSchema.safeParse(config);
  if (!parsed.success) throw settingError('InvalidConfigError', parsed.error);
  return parsed.data;
}

/** @throws AppError InvalidFactorsError unless there is one whole number a factor, below its size. */
export function checkFactors(factors: readonly number[], sizes: readonly number[]): void {
  const fits =
    factors.length === sizes.length &&
    factors.every((value, i) => Number.isInteger(value) && value >= 0 && value < sizes[i]);
  if (!fits)
    throw new AppError('InvalidFactorsError.values', {
      sizes,
      combinations: combinationCount(sizes),
      given: factors,
    });
}
