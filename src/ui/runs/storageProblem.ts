import { AppError, type ErrorCode, type ErrorReport } from '../../errors.ts';

/** What browsers throw of storage that refuses, by name. */
const codes: Readonly<Record<string, ErrorCode>> = {
  QuotaExceededError: 'StorageError.full',
  SecurityError: 'StorageError.forbidden',
  InvalidStateError: 'StorageError.none',
  VersionError: 'StorageError.newer',
};

/** Why runs are not saved. What the browser says itself goes to the console. */
export function storageReport(thrown: unknown): ErrorReport {
  if (thrown instanceof AppError) return thrown.report;
  console.warn('Storage refused:', thrown);
  const name = thrown instanceof Error ? thrown.name : '';
  return { code: codes[name] ?? 'StorageError.failed', values: {} };
}
