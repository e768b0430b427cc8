import { expect, test } from 'vitest';
import { playersOf } from '../config/players.ts';
import { presets } from '../config/presets.ts';
import { objectives } from '../settings/scopes.ts';
import { familyOf } from './families.ts';

test.each(objectives)('the players of %s are the optimisers of its plan', (objective) => {
  const config = { ...presets.tiny, objective };
  const { plan } = familyOf(config).model(config);
  expect(playersOf(config)).toEqual(plan.optimisers.map(({ name }) => name));
});
