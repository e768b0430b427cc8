import { expect } from 'vitest';
import type { NamedTensors } from '../model/parameters.ts';

/** `digits` after the point of numbers up to 1, relative of larger ones. */
export function expectSame(actual: Float32Array, expected: Float32Array, digits: number): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    if (Number.isNaN(expected[i])) {
      expect(value).toBeNaN();
      return;
    }
    const size = Math.max(1, Math.abs(expected[i]));
    expect(value / size, `number ${i}`).toBeCloseTo(expected[i] / size, digits);
  });
}

export function expectSameTensors(actual: NamedTensors, expected: NamedTensors, digits: number): void {
  expect([...actual.keys()]).toEqual([...expected.keys()]);
  for (const [name, { data }] of actual)
    expectSame(data, expected.get(name)?.data ?? new Float32Array(), digits);
}
