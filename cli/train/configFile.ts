import { z } from 'zod';
import { presetNames } from '../../src/config/presets.ts';
import { type RunConfig, runConfigSchema } from '../../src/config/schema.ts';
import { AppError } from '../../src/errors.ts';
import { type Part, part } from '../../src/report.ts';
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
  if (!parsed.success) throw new AppError('RunDirectoryError.otherProgram', { path: directory });
  checkSettings(directory, parsed.data.config, config);
  return true;
}

/** @throws AppError RunDirectoryError where a directory's run has other settings than those asked for. */
export function checkSettings(directory: string, there: RunConfig, asked: RunConfig): void {
  const differences = differencesOf(there, asked);
  if (differences.length > 0)
    throw new AppError('RunDirectoryError.otherSettings', { path: directory, differences });
}

/** The settings that differ, as options, but for those that neither run uses. */
export function differencesOf(there: RunConfig, asked: RunConfig): Part[] {
  return settings
    .filter(({ field }) => field.isUsedBy(there) || field.isUsedBy(asked))
    .flatMap(({ option, field }) => {
      const values = { option, there: field.textOf(there), here: field.textOf(asked) };
      return values.there === values.here ? [] : [part('optionDiffers', values)];
    });
}

/** Null for what is not JSON. */
function jsonOrNull(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
