import { expect, test } from 'vitest';
import { withObjective } from './objective.ts';
import { presets } from './presets.ts';

test('the other objective begins with a beta of its own, and all else stays', () => {
  const edited = { ...presets.quick, gamma: 33, latents: 5, seed: 7 };
  const betaVae = withObjective(edited, 'betaVae', 'quick');
  expect(betaVae).toEqual({ ...edited, objective: 'betaVae', beta: 4 });
  expect(withObjective({ ...betaVae, beta: 9 }, 'factorVae', 'quick')).toEqual(edited);
});
