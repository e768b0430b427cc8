import { expect, test } from 'vitest';
import { changesOf } from './changes.ts';

const before = { mig: 0.9, factorVae: 1, higgins: 1, gaussianTotalCorrelation: 0.01 };

test('what moved is said with by how much, and what held is said to hold', () => {
  expect(changesOf(before, { ...before, mig: 0.5 })).toBe(
    'MIG falls by 0.40; the FactorVAE metric, Higgins’ metric and the Gaussian TC hold.',
  );
  expect(
    changesOf(before, { mig: 0.7, factorVae: 0.75, higgins: 0.99, gaussianTotalCorrelation: 0.31 }),
  ).toBe(
    'MIG falls by 0.20; the FactorVAE metric falls by 0.25; the Gaussian TC rises by 0.30; Higgins’ metric holds.',
  );
});

test('where nothing moved, all hold; where all did, none', () => {
  expect(changesOf(before, before)).toBe(
    'MIG, the FactorVAE metric, Higgins’ metric and the Gaussian TC hold.',
  );
  expect(changesOf(before, { mig: 0, factorVae: 0.25, higgins: 0.25, gaussianTotalCorrelation: 1 })).toBe(
    'MIG falls by 0.90; the FactorVAE metric falls by 0.75; Higgins’ metric falls by 0.75; the Gaussian TC rises by 0.99.',
  );
});

test('two total correlations without bound are the same', () => {
  const infinite = { ...before, gaussianTotalCorrelation: Number.POSITIVE_INFINITY };
  expect(changesOf(infinite, infinite)).toContain('the Gaussian TC hold.');
});
