import { commandErrors, commandParts } from './commands.ts';
import { engines } from './engines.ts';
import { errors } from './errors.ts';
import { factors } from './factors.ts';
import { newRun } from './newRun.ts';
import { numbers } from './numbers.ts';
import { ownImages } from './ownImages.ts';
import { parts } from './parts.ts';
import { progress } from './progress.ts';
import { settings } from './settings.ts';
import { values } from './values.ts';

/** The English messages by key; other languages have the same keys, and i18next reads them as they are. */
export const en = {
  engines,
  errors: { ...errors, ...commandErrors },
  newRun,
  ownImages,
  parts: { ...parts, ...numbers, ...commandParts, ...factors },
  progress,
  settings,
  values,
} as const;
