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

/** The plain data of any thrown value, ready to be posted between page and Worker. */
export function reportOf(thrown: unknown): ErrorReport {
  if (thrown instanceof Error) return { name: thrown.name, message: thrown.message };
  return { name: 'UnknownError', message: String(thrown) };
}
