import { describe, expect, test } from 'vitest';
import { Pace } from './pace.ts';

const options = { blockMs: 40, maxBlockSteps: 64 };

describe('steps of a block', () => {
  test('is one until a step has been timed', () => {
    expect(new Pace(options).blockSteps).toBe(1);
  });

  test.each([
    { ms: 10, steps: 1, next: 4 },
    { ms: 40, steps: 8, next: 8 },
    { ms: 0.001, steps: 1, next: 64 },
    { ms: 0, steps: 1, next: 64 },
    { ms: 90_000, steps: 1, next: 1 },
  ])('$steps steps in $ms ms make a block of $next', ({ ms, steps, next }) => {
    const pace = new Pace(options);
    pace.record(steps, ms, ms);
    expect(pace.blockSteps).toBe(next);
  });

  test('forgets the first block, which compiles and warms up', () => {
    const pace = new Pace(options);
    pace.record(1, 5000, 5000);
    expect(pace.blockSteps).toBe(1);
    pace.record(1, 4, 5004);
    expect(pace.blockSteps).toBe(10);
  });

  test('follows a speed that changes, over some blocks', () => {
    const pace = new Pace(options);
    const steps: number[] = [];
    for (const ms of [2, 2, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8]) {
      pace.record(1, ms, 0);
      steps.push(pace.blockSteps);
    }
    expect(steps.slice(0, 4)).toEqual([20, 20, 11, 8]);
    expect(steps.at(-1)).toBe(5);
  });
});

describe('speed', () => {
  test('is none before the first block', () => {
    expect(new Pace(options).stepsPerSecond(1000)).toBe(0);
  });

  test('counts what was done between blocks', () => {
    const pace = new Pace(options);
    pace.record(10, 100, 1000);
    expect(pace.stepsPerSecond(1000)).toBe(100);
    pace.record(10, 100, 1300);
    expect(pace.stepsPerSecond(1300)).toBe(50);
  });

  test('looks two seconds back', () => {
    const pace = new Pace(options);
    for (let at = 100; at <= 5000; at += 100) pace.record(1, 100, at);
    for (let at = 5010; at <= 8000; at += 10) pace.record(1, 10, at);
    expect(pace.stepsPerSecond(8000)).toBeCloseTo(100, 0);
  });

  test('of steps that take longer than that is that of the last', () => {
    const pace = new Pace(options);
    pace.record(1, 10_000, 10_000);
    pace.record(1, 4000, 14_000);
    expect(pace.stepsPerSecond(14_000)).toBe(0.25);
  });

  test('is forgotten at a pause, the time spent in steps is not', () => {
    const pace = new Pace({ ...options, elapsed: 7 });
    pace.record(10, 500, 1000);
    pace.pause();
    expect(pace.stepsPerSecond(1000)).toBe(0);
    expect(pace.elapsed).toBe(7.5);
  });
});
