import { engines } from './engines.ts';
import { newRun } from './newRun.ts';
import { settings } from './settings.ts';
import { values } from './values.ts';

/** The English messages by key; other languages have the same keys, and i18next reads them as they are. */
export const en = { engines, newRun, settings, values } as const;
