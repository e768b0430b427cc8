import { expect, test } from 'vitest';
import { ownedFactors } from './ownLatents.ts';

test('a factor has a latent of its own that knows half of it, and twice as much as of another', () => {
  const sizes = [10, 10, 4, 1];
  const nats = (...shares: number[]) => shares.map((share, factor) => share * Math.log(sizes[factor]));
  const halves = [nats(0.55, 0.2, 0, 0), nats(0.1, 0.45, 0, 0), nats(0, 0.5, 0.45, 0), nats(0, 0, 0.6, 0)];
  // The second is known by two latents, one of which knows too little and the other too much of the third.
  expect(ownedFactors(halves, sizes)).toEqual([0, 2]);
  expect(ownedFactors([nats(0.49, 0, 0, 0)], sizes)).toEqual([]);
});
