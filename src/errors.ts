/**
 * Every error a person may see is an AppError: a stable name that code can match on, and a sentence that says
 * what went wrong and what to do. They cross the Worker boundary as an ErrorReport.
 */
export class AppError extends Error {
  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

export interface ErrorReport {
  readonly name: string;
  readonly message: string;
}

/** What browsers and libraries throw, by its name or by what it says, and what a person is told. */
const unsayable: readonly { readonly of: RegExp; readonly name: string; readonly message: string }[] = [
  {
    of: /^(QuotaExceededError|NS_ERROR_DOM_QUOTA_REACHED)/,
    name: 'StorageFullError',
    message: 'This browser has no room left for the page’s data. Free space, or delete some runs.',
  },
  {
    of: /out of memory|^RangeError: .*(alloc|array (buffer )?length|too large|call stack)/i,
    name: 'OutOfMemoryError',
    message:
      'There is not enough memory for this. Close other tabs, or choose smaller networks or a smaller batch.',
  },
  {
    of: /^(GPU\w*Error|OperationError)\b|webgpu|\bGPU\b/i,
    name: 'WebGpuError',
    message: 'The GPU refused an operation. Start the run again; if that fails, choose another backend.',
  },
  {
    of: /dynamically imported module|importing a module|module script|failed to fetch|load failed|NetworkError|^ChunkLoadError/i,
    name: 'NotLoadedError',
    message:
      'A part of the page could not be loaded. Check the connection, then try again or reload the page.',
  },
  {
    of: /^(CompileError|LinkError|RuntimeError)\b|WebAssembly/i,
    name: 'WebAssemblyError',
    message:
      'WebAssembly failed in this browser. Start the run again; if that fails, choose another backend.',
  },
  {
    of: /^(SecurityError|NotAllowedError)\b/,
    name: 'ForbiddenError',
    message: 'This browser does not let the page do that. Its settings for this site may allow it.',
  },
];

const unexpected = {
  name: 'UnexpectedError',
  message:
    'Something unexpected went wrong. Try it again; if that does not help, reload the page. The browser’s console has the details.',
};

/**
 * What a person is told of any thrown value. An AppError speaks for itself; what a browser or a library throws is put into a
 * sentence, and its own words go to the console.
 */
export function describeError(thrown: unknown): ErrorReport {
  const report = reportOf(thrown);
  if (thrown instanceof AppError) return report;
  console.warn('An error that is told in other words:', thrown);
  const text = `${report.name}: ${report.message}`;
  const { name, message } = unsayable.find(({ of }) => of.test(text)) ?? unexpected;
  return { name, message };
}

/** The plain data of any thrown value, ready to be posted between page and Worker. */
export function reportOf(thrown: unknown): ErrorReport {
  if (thrown instanceof Error) return { name: thrown.name, message: thrown.message };
  return { name: 'UnknownError', message: String(thrown) };
}
