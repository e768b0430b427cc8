import { expect, test } from 'vitest';
import { ladderStep } from './ladder.ts';

test('learning rates climb by 1, 2, 5', () => {
  expect(ladderStep(5e-4, 1)).toBe(1e-3);
  expect(ladderStep(5e-4, -1)).toBe(2e-4);
  expect(ladderStep(3e-4, 1)).toBe(5e-4);
  expect(ladderStep(1e-4, -1)).toBe(5e-5);
  expect(ladderStep(1e-6, -1)).toBe(0);
  expect(ladderStep(0, 1)).toBe(1e-6);
});
