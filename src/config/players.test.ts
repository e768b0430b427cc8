import { expect, test } from 'vitest';
import { upToStep, withLoneSteps } from './players.ts';

test('lone steps that follow one another are one; what is trained again is forgotten', () => {
  const three = [5, 6, 7].reduce<ReturnType<typeof withLoneSteps>>(
    (all, step) => withLoneSteps(all, { step, player: 'vae', steps: 1 }),
    [],
  );
  expect(three).toEqual([{ step: 5, player: 'vae', steps: 3 }]);
  const more = withLoneSteps(three, { step: 8, player: 'discriminator', steps: 2 });
  expect(more).toEqual([...three, { step: 8, player: 'discriminator', steps: 2 }]);
  expect(withLoneSteps(more, { step: 10, player: 'vae', steps: 1 })).toHaveLength(3);
  expect(withLoneSteps(more, { step: 7, player: 'discriminator', steps: 1 })).toEqual([
    { step: 5, player: 'vae', steps: 2 },
    { step: 7, player: 'discriminator', steps: 1 },
  ]);
  expect(upToStep(more, 6)).toEqual([{ step: 5, player: 'vae', steps: 2 }]);
});
