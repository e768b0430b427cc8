import { AppError, reportOf } from '../../errors.ts';

/** What a person is told of storage that refuses. */
const sentences: Readonly<Record<string, string>> = {
  QuotaExceededError:
    'This browser has no room left for the site, which it needs to save runs. Delete some runs in the Compare view, or free space on the disk.',
  SecurityError: 'This browser does not let this page save anything. Allow site data for it.',
  InvalidStateError: 'This browser, or a private window, gives this page no storage.',
  StorageSilentError: 'This browser’s storage does not answer. Restarting the browser may help.',
  VersionError:
    'Another tab has a newer release of this page open, which keeps runs in another way. Reload this page.',
};

/** A sentence for a person: why runs are not saved. What the browser says itself goes to the console. */
export function describeStorageError(thrown: unknown): string {
  const { name } = reportOf(thrown);
  if (!(thrown instanceof AppError)) console.warn('Storage refused:', thrown);
  return sentences[name] ?? 'This browser’s storage failed.';
}
