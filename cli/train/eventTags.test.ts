import { expect, test } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { vaeColumns } from '../../src/families/vae/columns.ts';
import { blankEvaluation } from '../../src/record/blankEvaluation.fixture.ts';
import { scoresOf, tagOf } from './eventTags.ts';

test('columns have tags in groups', () => {
  expect(vaeColumns({ ...presets.tiny, latents: 2 }).map(tagOf)).toEqual([
    'loss/reconstruction',
    'loss/kl',
    'loss/total_correlation',
    'loss/discriminator',
    'training/discriminator_accuracy',
    'schedule/gamma',
    'schedule/beta',
    'kl/z0',
    'kl/z1',
  ]);
});

test('a score without bound is left out', () => {
  const tags = (bound: number | null) =>
    scoresOf({ ...blankEvaluation(1), gaussianTotalCorrelation: bound }).map(({ tag }) => tag);
  expect(tags(0.5)).toContain('metric/gaussian_total_correlation');
  expect(tags(null)).not.toContain('metric/gaussian_total_correlation');
  expect(tags(null)).toContain('metric/factor_vae');
});
