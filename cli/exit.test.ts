import { describe, expect, test } from 'vitest';
import { AppError } from '../src/errors.ts';
import { endingOf } from './exit.ts';
import { DamagedInputError } from './inputFile.ts';

describe('how a command ends', () => {
  test.each<[string, () => unknown]>([
    ['an array without a place', () => new Float32Array(2 ** 53)],
    ['a list without a place', () => new Array(2 ** 33)],
    ['a buffer without a place', () => new ArrayBuffer(2 ** 53 - 1)],
    [
      'WebAssembly beyond its memory',
      () => {
        throw new WebAssembly.RuntimeError('memory access out of bounds');
      },
    ],
  ])('%s is told as memory that ran out', (_, allocate) => {
    let thrown: unknown;
    try {
      allocate();
    } catch (cause) {
      thrown = cause;
    }
    const { line, exitCode } = endingOf(thrown, 'metrics');
    expect(line).toMatch(/^OutOfMemoryError: The memory ran out while it measured the codes\./);
    expect(exitCode).toBe(2);
  });

  test.each([
    [
      'damaged input',
      new DamagedInputError('a.safetensors', new AppError('CodesFileError.noColumns')),
      'CodesFileError',
      5,
    ],
    ['another error of ours', new AppError('UsageError.noParityFile'), 'UsageError', 2],
    ['a fault of the program', new TypeError('x is not a function\nat y'), 'UnexpectedError', 2],
    ['what is no error', 'words', 'UnexpectedError', 2],
    ['nothing', undefined, 'UnexpectedError', 2],
  ])('%s', (_, thrown, name, exitCode) => {
    const ending = endingOf(thrown, 'parity');
    expect(ending.exitCode).toBe(exitCode);
    expect(ending.line).toMatch(new RegExp(`^${name}: \\S.*$`));
  });
});
