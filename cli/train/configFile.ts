import { z } from 'zod';
import { presetNames } from '../../src/config/presets.ts';
import { type RunConfig, runConfigSchema } from '../../src/config/schema.ts';
import { AppError } from '../../src/errors.ts';
import { readIfAny, replaceFile } from './files.ts';
import { settings } from './settings.ts';
import type { SweptRun } from './sweep.ts';

/** config.json: the preset and every setting of a run, which tell whether a directory is that of the run asked for. */
const configFileSchema = z.object({ preset: z.enum(presetNames), config: runConfigSchema });

export async function writeConfig(path: string, { preset, config }: SweptRun): Promise<void> {
  await replaceFile(path, `${JSON.stringify({ preset, config }, null, 2)}\n`);
}

/**
 * Whether a directory's config.json is of these settings; false where it is missing or was cut short, so that other
 * files must tell.
 * @throws AppError RunDirectoryError where it is of other settings, or of another program.
 */
export async function checkConfig(directory: string, path: string, { config }: SweptRun): Promise<boolean> {
  const bytes = await readIfAny(path);
  const value = bytes && jsonOrNull(bytes);
  if (value === null) return false;
  const parsed = configFileSchema.safeParse(value);
  if (!parsed.success)
    throw directoryError(
      `${directory} holds a config.json that is not of a run of this program; name another directory with --out`,
    );
  checkSettings(directory, parsed.data.config, config);
  return true;
}

/** @throws AppError RunDirectoryError where a directory's run has other settings than those asked for. */
export function checkSettings(directory: string, there: RunConfig, asked: RunConfig): void {
  const differences = describeDifferences(there, asked);
  if (differences)
    throw directoryError(
      `${directory} holds a run with other settings: ${differences}. Give the same settings to go on with it, or name another directory with --out`,
    );
}

/** The settings that differ, as options, but for those that neither run uses; empty where none does. */
export function describeDifferences(there: RunConfig, asked: RunConfig): string {
  return settings
    .filter(({ field }) => field.isUsedBy(there) || field.isUsedBy(asked))
    .flatMap(({ option, field }) => {
      const [old, fresh] = [field.textOf(there), field.textOf(asked)];
      return old === fresh ? [] : [`--${option} is ${old} there and ${fresh} here`];
    })
    .join(', ');
}

export function directoryError(what: string, cause?: unknown): AppError {
  return new AppError('RunDirectoryError', `${what}.`, cause === undefined ? undefined : { cause });
}

/** Null for what is not JSON. */
function jsonOrNull(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
