import { expect, test } from 'vitest';
import { presetNames, presets } from './presets.ts';
import { penaltiesAt, scheduleEnd } from './schedule.ts';
import { runConfigSchema } from './schema.ts';

const none = { annealingFactor: 1, annealingSteps: 0, gammaWarmupSteps: 0 };
const set = { gamma: 10, beta: 2 };

test('annealing multiplies both, less with every step', () => {
  const schedule = { ...none, annealingFactor: 3, annealingSteps: 4000 };
  const at = (step: number) => penaltiesAt(schedule, set, step);
  expect(at(0)).toEqual({ gamma: 30, beta: 6 });
  expect(at(2000)).toEqual({ gamma: 20, beta: 4 });
  expect(at(3999).beta).toBeCloseTo(2.001, 6);
  expect(at(4000)).toEqual(set);
  expect(at(9000)).toEqual(set);
  expect(scheduleEnd(schedule)).toBe(4000);
});

test('the warm-up lets gamma alone grow from 0', () => {
  const schedule = { ...none, gammaWarmupSteps: 800 };
  expect(penaltiesAt(schedule, set, 0)).toEqual({ gamma: 0, beta: 2 });
  expect(penaltiesAt(schedule, set, 200)).toEqual({ gamma: 2.5, beta: 2 });
  expect(penaltiesAt(schedule, set, 800)).toEqual(set);
  expect(scheduleEnd(schedule)).toBe(800);
});

test('both together multiply', () => {
  const schedule = { annealingFactor: 3, annealingSteps: 4000, gammaWarmupSteps: 2000 };
  expect(penaltiesAt(schedule, set, 1000)).toEqual({ gamma: 10 * 2.5 * 0.5, beta: 5 });
});

test('without a schedule the settings act as they are from the first step on', () => {
  expect(penaltiesAt(none, set, 0)).toEqual(set);
  expect(penaltiesAt({ ...none, annealingSteps: 100 }, set, 3)).toEqual(set);
  expect(scheduleEnd({ ...none, annealingSteps: 100 })).toBe(0);
});

test('configurations written before there were schedules have none', () => {
  for (const name of presetNames) {
    const { annealingFactor: _, annealingSteps: __, gammaWarmupSteps: ___, ...before } = presets[name];
    expect(runConfigSchema.parse(before)).toEqual({ ...presets[name], ...none });
  }
});
