import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError, describeError } from './errors.ts';

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
    const report = describeError(thrown);
    expect(report.name).toBe(name);
    expect(report.message).toMatch(/^[A-Z].*\.$/);
    const raw = thrown instanceof Error ? thrown.message : String(thrown);
    expect(report.message).not.toContain(raw);
    expect(warned).toHaveBeenCalledWith(expect.any(String), thrown);
  });

  test('an AppError speaks for itself', () => {
    expect(describeError(new AppError('ForkError', 'It cannot.'))).toEqual({
      name: 'ForkError',
      message: 'It cannot.',
    });
    expect(warned).not.toHaveBeenCalled();
  });
});
