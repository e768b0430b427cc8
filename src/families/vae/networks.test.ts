import { expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { sizeOf, tensorsOf } from '../../model/parameters.ts';
import { vaeLayers } from './networks.ts';

test('the paper’s networks have the sizes the paper implies', () => {
  const count = (network: string) =>
    tensorsOf(vaeLayers(presets.paper))
      .filter(({ layer }) => layer.network === network)
      .reduce((sum, spec) => sum + sizeOf(spec.shape), 0);
  expect(count('discriminator')).toBe(10 * 1000 + 1000 + 5 * (1000 * 1000 + 1000) + 2 * 1000 + 2);
  expect(count('encoder') + count('decoder')).toBeGreaterThan(0.45e6);
  expect(count('encoder') + count('decoder')).toBeLessThan(0.55e6);
});
