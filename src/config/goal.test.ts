import { expect, test } from 'vitest';
import { firstGoal, goalOf, readGoal, writeGoal } from './goal.ts';

test('goals read back as they were written, open and reached', () => {
  expect(writeGoal(firstGoal)).toBe('0.9_8_5000');
  for (const goal of [firstGoal, { ...firstGoal, nats: 7.25, reachedAt: 4500 }])
    expect(readGoal(writeGoal(goal))).toEqual({ kind: 'value', value: goal, asGiven: true });
});

test.each([
  '',
  '0.9',
  '0.9_8',
  '1.1_8_5000',
  '0_8_5000',
  '0.9_0_5000',
  '0.9_8_5.5',
  '0.9_8_5000_5001',
  '0.9_x_5000',
])('what no run can reach is refused: %s', (text) => expect(readGoal(text)).toEqual({ kind: 'refused' }));

test('its numbers are read as all that a person writes', () => {
  expect(goalOf([' .9', '8', '5 000'])).toEqual(firstGoal);
  expect(goalOf(['0,9', '8', '5000'])).toBeNull();
});
