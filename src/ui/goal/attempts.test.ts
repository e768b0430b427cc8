import { expect, test } from 'vitest';
import { firstGoal } from '../../config/goal.ts';
import { History } from '../../history/history.ts';
import { outcomeOf } from './attempts.ts';

const history = new History(['reconstruction']);
// It falls from 20 nats by one a hundred steps; the mean of 32 steps lags a little behind.
history.append({ firstStep: 1, rows: Float32Array.from({ length: 3000 }, (_, i) => 20 - (i + 1) / 100) });
const record = (step: number, fitted: number) => ({
  step,
  factorVae: { fitted, heldOut: fitted, votes: [] },
});
const goal = { ...firstGoal, steps: 2000 };

test('the first measurement in time that is good in both counts', () => {
  // At step 1 000 there are about 10 nats still, at 1 500 about 5.
  const records = [record(1000, 0.95), record(1500, 0.91), record(1800, 0.99)];
  const { reached, best } = outcomeOf(goal, records, history);
  expect(reached).toMatchObject({ step: 1500, metric: 0.91 });
  expect(reached?.nats).toBeCloseTo(5.155, 3);
  expect(best?.step).toBe(1800);
});

test('what is measured too late, or never, reaches nothing', () => {
  expect(outcomeOf(goal, [record(2500, 1)], history)).toEqual({ reached: null, best: null });
  expect(outcomeOf(goal, [record(1900, 0.89)], history)).toMatchObject({
    reached: null,
    best: { step: 1900 },
  });
  expect(outcomeOf(goal, [], history)).toEqual({ reached: null, best: null });
});
