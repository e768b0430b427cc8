import { expect, test } from 'vitest';
import { vaeColumns } from '../../families/vae/columns.ts';
import { curves, curvesOf, klColumn, unmeasuredNote } from './curves.ts';

const columnsOf = (objective: 'factorVae' | 'betaVae') => vaeColumns({ objective, latents: 2 });

test('every curve is that of a column', () => {
  expect(curvesOf(columnsOf('factorVae'))).toEqual(curves);
  const names = columnsOf('factorVae').map(({ name }) => name);
  expect(names.slice(-2)).toEqual([klColumn(0), klColumn(1)]);
});

test('a run has the curves of its columns; before there is one, all have their place', () => {
  const columns = ['criticLoss', 'kl'].map((name) => ({ name, measured: true, loss: null }));
  expect(curvesOf(columns).map(({ metric }) => metric)).toEqual(['kl']);
  expect(curvesOf(null)).toEqual(curves);
});

test('what a run does not measure is said in place of its curve', () => {
  const notes = (objective: 'factorVae' | 'betaVae') =>
    curves.flatMap((curve) => unmeasuredNote(curve, columnsOf(objective)) ?? []);
  expect(notes('factorVae')).toEqual([]);
  expect(new Set(notes('betaVae'))).toEqual(new Set(['beta-VAE trains no discriminator: not measured.']));
  expect(notes('betaVae')).toHaveLength(3);
});
