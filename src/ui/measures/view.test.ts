import { expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { factorsOf } from '../../data/datasets.ts';
import { History } from '../../history/history.ts';
import { blankEvaluation } from '../../record/blankEvaluation.fixture.ts';
import {
  bestLatent,
  chanceLevel,
  discriminatorEstimate,
  informationShare,
  metricPoints,
  traceLines,
  traceReach,
  varyingFactors,
  whyUnmeasurable,
} from './view.ts';

const { tiny } = presets;

test('factors of one value are left out, and chance is one in those that are left', () => {
  expect(varyingFactors(factorsOf(tiny))).toEqual([0, 1, 3, 4]);
  expect(varyingFactors(null)).toEqual([]);
  expect(chanceLevel(4)).toBe(0.25);
  expect(chanceLevel(0)).toBeNull();
});

test('what cannot be measured says why', () => {
  const can = {
    encode: true,
    reconstruct: true,
    traverse: true,
    reach: 3,
    generate: null,
    discriminate: true,
  };
  const known = factorsOf(tiny);
  expect(whyUnmeasurable(null)).toBeNull();
  expect(whyUnmeasurable({ can, known })).toBeNull();
  expect(whyUnmeasurable({ can: { ...can, encode: false }, known })).toMatch(/no encoder/);
  expect(whyUnmeasurable({ can, known: null })).toMatch(/not known/);
  const fixed = factorsOf({ ...tiny, factors: { shape: 1, scale: 1, orientation: 1, posX: 1, posY: 1 } });
  expect(whyUnmeasurable({ can, known: fixed })).toMatch(/one value only/);
});

test('information is read as a share of the factor’s entropy', () => {
  expect(informationShare(Math.log(6), 6)).toBe(1);
  expect(informationShare(Math.log(6) / 2, 6)).toBeCloseTo(0.5);
  expect(informationShare(-1e-9, 6)).toBe(0);
  expect(
    bestLatent(
      [
        [0.1, 0, 0],
        [0.4, 0, 0.2],
      ],
      0,
    ),
  ).toBe(1);
  expect(bestLatent([[0], [0]], 0)).toBeNull();
});

test('the discriminator’s estimate is that of the steps up to the measured one', () => {
  const history = new History(['kl', 'totalCorrelation']);
  const rows = new Float32Array(200);
  for (let row = 0; row < 100; row++) rows[2 * row + 1] = row < 50 ? 1 : 9;
  history.append({ firstStep: 1, rows });
  expect(discriminatorEstimate(history, 50)).toBe(1);
  expect(discriminatorEstimate(history, 0)).toBeNaN();
});

test('a record is a point of the curve, with both kinds of votes', () => {
  const record = {
    ...blankEvaluation(40),
    factorVae: { fitted: 0.8, heldOut: 0.75, votes: [] },
    images: 1,
    milliseconds: 1,
    totalCorrelation: { gaussian: 0, weighted: 0, stratified: 0 },
    active: [true],
  };
  expect(metricPoints([record])).toEqual([{ step: 40, from: 40, to: 40, mean: 0.8, band: [0.75, 0.8] }]);
});

test('a trace is taken apart by latents, on one scale', () => {
  const lines = traceLines(
    {
      step: 1,
      factor: 0,
      base: 0,
      mean: Float32Array.of(-1, 0, 0, 0, 3, 0),
      logVariance: new Float32Array(6),
    },
    2,
  );
  expect(lines).toEqual([
    { latent: 0, mean: [-1, 0, 3], deviation: [1, 1, 1], low: -1, high: 3 },
    { latent: 1, mean: [0, 0, 0], deviation: [1, 1, 1], low: 0, high: 0 },
  ]);
  expect(traceReach(lines, 3)).toBeCloseTo(3.3);
  expect(traceReach([lines[1]], 3)).toBeCloseTo(2.2);
});
