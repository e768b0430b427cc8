import { word } from './locale/word.ts';
import type { ErrorCode, ErrorReport, NoValues, ValuesOf } from './report.ts';

export type { ErrorCode, ErrorReport } from './report.ts';

type ErrorArguments<Code extends ErrorCode> =
  ValuesOf<Code> extends NoValues
    ? [values?: NoValues, options?: ErrorOptions]
    : [values: ValuesOf<Code>, options?: ErrorOptions];

/**
 * Every error a person may see is an AppError: a code with the values that its words need. It crosses to other threads as an
 * ErrorReport, which page and command line word (locale/word.ts). Its name is the code up to the dot: what programs match
 * on. Its message is for who reads a stack trace or a failing test, in English as those are.
 */
export class AppError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly report: ErrorReport;

  constructor(code: Code, ...[values, options]: ErrorArguments<Code>) {
    const report = { code, values: values ?? {} };
    super(word(report), options);
    this.name = errorName(code);
    this.report = report;
  }
}

/** What an error is called, whichever of its sentences is told. */
export function errorName(code: ErrorCode): string {
  return code.split('.')[0];
}

/** The error that was reported from another thread. */
export function reported({ code, values }: ErrorReport): AppError {
  return new AppError(code, values);
}

/** What browsers and libraries throw, by its name or by what it says, and what a person is told. */
const known: readonly { readonly of: RegExp; readonly code: ErrorCode }[] = [
  { of: /^(QuotaExceededError|NS_ERROR_DOM_QUOTA_REACHED)/, code: 'StorageFullError' },
  {
    of: /out of memory|^RangeError: .*(alloc|array (buffer )?length|too large|call stack)/i,
    code: 'OutOfMemoryError',
  },
  { of: /^(GPU\w*Error|OperationError)\b|webgpu|\bGPU\b/i, code: 'WebGpuError' },
  {
    of: /dynamically imported module|importing a module|module script|failed to fetch|load failed|NetworkError|^ChunkLoadError/i,
    code: 'NotLoadedError',
  },
  { of: /^(CompileError|LinkError|RuntimeError)\b|WebAssembly/i, code: 'WebAssemblyError' },
  { of: /^(SecurityError|NotAllowedError)\b/, code: 'ForbiddenError' },
];

/**
 * What a person is told of any thrown value. An AppError speaks for itself; what a browser or a library throws gets a code,
 * and its own words go to the console.
 */
export function reportOf(thrown: unknown): ErrorReport {
  if (thrown instanceof AppError) return thrown.report;
  console.warn('An error that is told in other words:', thrown);
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { code: known.find(({ of }) => of.test(text))?.code ?? 'UnexpectedError', values: {} };
}
