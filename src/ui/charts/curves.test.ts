import { expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { familyOf } from '../../families/families.ts';
import type { Objective } from '../../settings/scopes.ts';
import { latentQuantityOf } from '../latentQuantity.ts';
import { curves, curvesOf, leadOf, unmeasuredNote } from './curves.ts';

const columnsOf = (objective: Objective) => {
  const config = { ...presets.tiny, objective, latents: 2 };
  return familyOf(config).columns(config);
};

test('every curve is that of a column, and so is what is measured of each latent', () => {
  const families = [columnsOf('factorVae'), columnsOf('infoWganGp')];
  expect(families.flatMap(curvesOf)).toEqual(curves);
  for (const columns of families) {
    const { column } = latentQuantityOf(columns);
    expect(columns.slice(-2).map(({ name }) => name)).toEqual([column(0), column(1)]);
  }
});

test('a run has the curves of its columns; before there is one, those of a VAE have their place', () => {
  const columns = ['criticLoss', 'kl'].map((name) => ({ name, measured: true, loss: null }));
  expect(curvesOf(columns).map(({ metric }) => metric)).toEqual(['kl']);
  expect(curvesOf(null)).toEqual(curvesOf(columnsOf('factorVae')));
  expect([leadOf(null), leadOf(columnsOf('infoWganGp'))].map(({ metric }) => metric)).toEqual([
    'totalCorrelation',
    'criticGap',
  ]);
});

test('what a run does not measure is said in place of its curve', () => {
  const notes = (objective: Objective) =>
    curvesOf(columnsOf('factorVae')).flatMap((curve) => unmeasuredNote(curve, columnsOf(objective)) ?? []);
  expect(notes('factorVae')).toEqual([]);
  expect(new Set(notes('betaVae'))).toEqual(new Set(['beta-VAE trains no discriminator: not measured.']));
  expect(notes('betaVae')).toHaveLength(3);
  expect(new Set(notes('infoWganGp'))).toEqual(new Set(['This model has no such quantity.']));
});
