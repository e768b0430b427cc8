import { expect, test } from 'vitest';
import { latestOnly } from './latest.ts';

test('runs one call at a time, with the first and the last of a burst', async () => {
  const calls: number[] = [];
  let finish = () => {};
  const push = latestOnly<number>((input) => {
    calls.push(input);
    return new Promise((resolve) => {
      finish = resolve;
    });
  });
  for (const input of [1, 2, 3, 4]) push(input);
  expect(calls).toEqual([1]);
  finish();
  await new Promise((resolve) => setTimeout(resolve));
  expect(calls).toEqual([1, 4]);
  finish();
  await new Promise((resolve) => setTimeout(resolve));
  push(5);
  expect(calls).toEqual([1, 4, 5]);
});
