import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError, reported, reportOf } from './errors.ts';
import { word } from './locale/word.ts';
import { errorReport } from './report.ts';

const warned = vi.fn();
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(warned);
});
afterEach(() => {
  vi.restoreAllMocks();
  warned.mockClear();
});

/** What browsers throw for a GPU, which Node has no classes of. */
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe('what is told of an error', () => {
  test.each([
    [new DOMException('The quota has been exceeded.', 'QuotaExceededError'), 'StorageFullError'],
    [new RangeError('Array buffer allocation failed'), 'OutOfMemoryError'],
    [new RangeError('Invalid typed array length: 9000000000'), 'OutOfMemoryError'],
    [new RangeError('Maximum call stack size exceeded'), 'OutOfMemoryError'],
    [named('InternalError', 'out of memory'), 'OutOfMemoryError'],
    [named('GPUValidationError', 'Buffer with label "x" is invalid'), 'WebGpuError'],
    [named('OperationError', 'Instance dropped in popErrorScope'), 'WebGpuError'],
    [new TypeError('Failed to fetch dynamically imported module: http://h/assets/a-1.js'), 'NotLoadedError'],
    [new TypeError('error loading dynamically imported module'), 'NotLoadedError'],
    [new TypeError('Importing a module script failed.'), 'NotLoadedError'],
    [new TypeError('Failed to fetch'), 'NotLoadedError'],
    [named('CompileError', 'WebAssembly.instantiate(): violates the policy'), 'WebAssemblyError'],
    [new WebAssembly.RuntimeError('unreachable'), 'WebAssemblyError'],
    [new DOMException('denied', 'SecurityError'), 'ForbiddenError'],
    [new TypeError("Cannot read properties of undefined (reading 'step')"), 'UnexpectedError'],
    ['a thrown <b>text</b>', 'UnexpectedError'],
    [undefined, 'UnexpectedError'],
  ])('%s: a sentence of our own, and its own words in the console', (thrown, name) => {
    const report = reportOf(thrown);
    expect(report).toEqual({ code: name, values: {} });
    expect(word(report)).toMatch(/^[A-Z].*\.$/);
    const raw = thrown instanceof Error ? thrown.message : String(thrown);
    expect(word(report)).not.toContain(raw);
    expect(warned).toHaveBeenCalledWith(expect.any(String), thrown);
  });

  test('an AppError speaks for itself', () => {
    const values = { latents: 4, given: 2 };
    expect(reportOf(new AppError('InvalidCodeError', values))).toEqual({ code: 'InvalidCodeError', values });
    expect(warned).not.toHaveBeenCalled();
  });

  test('an AppError is called by its code up to the dot, with its values and cause, and once more where it is read', () => {
    const cause = new Error('raw');
    const problem = errorReport('WebGpuLostError');
    const error = new AppError('ParametersError.shape', { name: 'a', shape: [2, 3], found: [4] }, { cause });
    expect(error).toMatchObject({ name: 'ParametersError', cause });
    expect(error.message).toBe('The model needs "a" of shape [2, 3]; its shape is [4].');
    const posted = structuredClone(
      new AppError('EngineFailedError', { problem, rescuedStep: 12_000 }).report,
    );
    const again = reported(posted);
    expect(again).toMatchObject({ name: 'EngineFailedError', report: posted });
    expect(word(again.report)).toBe(
      'The GPU was lost. The weights of step 12\u2009000 can still be exported.',
    );
  });
});
