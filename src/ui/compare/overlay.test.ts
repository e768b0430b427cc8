import { describe, expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { blankEvaluation } from '../../record/blankEvaluation.fixture.ts';
import { curveOf } from '../../record/curve.ts';
import { type RunRecord, runRecordFormat, runRecordVersion } from '../../record/runRecord.ts';
import { pointAt } from '../charts/series.ts';
import { type ComparedRun, styleOf } from './comparedRuns.ts';
import {
  groupSeries,
  lastStep,
  offAxisValues,
  overlaidSeries,
  overlayAxis,
  smoothingSteps,
} from './overlay.ts';
import { scatterAxes, scatterPoints } from './scatter.ts';

/** A run with values of KL and reconstruction, each standing for `every` steps. */
function run(values: readonly number[], every = 1, fields: Partial<RunRecord> = {}): ComparedRun {
  const curve = curveOf(
    values.map((mean, i) => ({ from: i * every + 1, to: (i + 1) * every, mean, band: [mean, mean] })),
  );
  const record: RunRecord = {
    format: runRecordFormat,
    version: runRecordVersion,
    name: 'a run',
    config: presets.tiny,
    preset: 'tiny',
    trainer: { engine: 'tfjs-wasm', adapter: '1 thread', software: true },
    startedAt: '2026-11-24T10:00:00.000Z',
    steps: values.length * every,
    seconds: 1,
    outcome: 'stopped',
    changes: [],
    history: { kl: curve, reconstruction: curve },
    evaluations: [],
    ...fields,
  };
  return { key: 'a', record, style: styleOf(0), shown: true };
}

const greatest = 3.4e38;
const cases: [string, readonly number[]][] = [
  ['zeros', [2, 1, 0, 0, 0, 1]],
  ['only zeros', [0, 0, 0]],
  ['negative values', [-1, -2, 3]],
  ['1e-12', [1e-12, 2e-12]],
  ['1e12', [1e12, 3e12]],
  ['30 decades', [1e-15, 1e15]],
  ['the greatest of either sign', [greatest, -greatest]],
  ['all equal', [5, 5, 5, 5]],
  ['a single point', [0.3]],
  ['none', []],
];

describe('the axis of runs laid over one another', () => {
  test.each(cases)('is finite, with few ticks, for %s', (_, values) => {
    for (const log of [true, false])
      for (const smoothing of [0, 0.6, 0.99]) {
        const { domain, ticks } = overlayAxis(
          overlaidSeries([run(values)], 'kl', smoothingSteps(smoothing, 100)),
          'kl',
          log,
        );
        for (const value of [...domain, ...ticks]) expect(value).toSatisfy(Number.isFinite);
        expect(domain[0]).toBeLessThan(domain[1]);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThan(10);
        if (log) expect(domain[0]).toBeGreaterThan(0);
      }
  });

  test('follows a KL that has collapsed, smoothed or not', () => {
    const collapsed = [4, 1, 1e-2, 1e-4, 1e-6, ...new Array<number>(60).fill(1e-7)];
    for (const steps of [0, 3, 50]) {
      const { domain } = overlayAxis(overlaidSeries([run(collapsed)], 'kl', steps), 'kl', true);
      expect(domain[0]).toBeLessThanOrEqual(1e-7);
      expect(domain[0]).toBeGreaterThanOrEqual(1e-8);
      expect(domain[1]).toBeGreaterThan(1e-7);
    }
  });

  test('values that have no place on it are counted as they were recorded', () => {
    const [line] = overlaidSeries([run([2, 0, -1, 3])], 'kl', 20);
    expect(offAxisValues(line, true)).toBe(2);
    expect(offAxisValues(line, false)).toBe(0);
    expect(Math.min(...line.points.map(({ mean }) => mean))).toBeGreaterThan(0);
  });
});

describe('smoothing', () => {
  test('of one curve at two densities is the same', () => {
    const slope = (step: number) => 100 - step / 5;
    const means = (every: number) =>
      Array.from({ length: 400 / every }, (_, i) => slope(i * every + (every + 1) / 2));
    const [fine] = overlaidSeries([run(means(1), 1)], 'kl', 30);
    const [coarse] = overlaidSeries([run(means(8), 8)], 'kl', 30);
    for (const step of [100.5, 204.5, 396.5])
      expect(pointAt(coarse.points, step)?.mean).toBeCloseTo(
        pointAt(fine.points, step)?.mean ?? Number.NaN,
        0,
      );
  });

  test('is a part of the axis, in steps', () => {
    expect(smoothingSteps(0, 4000)).toBe(0);
    expect(smoothingSteps(1 / Math.E, 4000)).toBeCloseTo(10);
    expect(smoothingSteps(1 / Math.E, 40_000)).toBeCloseTo(100);
    expect(lastStep([run([1, 2], 300), run([1])])).toBe(600);
  });
});

describe('a group of seeds', () => {
  const group = (...runs: ComparedRun[]) => ({ key: 'g', name: 'γ 6', style: styleOf(0), runs });

  test('is drawn as the mean of its runs, between their least and greatest, with each behind', () => {
    const [series] = groupSeries(group(run([1, 2, 3]), run([3, 6, 5]), run([5, 4])), 'kl', 0);
    expect(series.points.map(({ mean }) => mean)).toEqual([3, 4, 4]);
    expect(series.points.map(({ band }) => band)).toEqual([
      [1, 5],
      [2, 6],
      [3, 5],
    ]);
    expect(series.behind).toHaveLength(3);
    expect(series.name).toBe('γ 6, 3 seeds');
  });

  test('of one run is that run', () => {
    const [series] = groupSeries(group(run([1, 2])), 'kl', 0);
    expect(series).toMatchObject({ key: 'g', name: 'γ 6', behind: [] });
    expect(series.points.map(({ mean }) => mean)).toEqual([1, 2]);
    expect(groupSeries(group(run([])), 'totalCorrelation', 0)).toEqual([]);
  });
});

describe('the axes of the scatter', () => {
  const measured = (reconstruction: number, fitted: number) =>
    run([reconstruction], 1, {
      evaluations: [{ ...blankEvaluation(1), factorVae: { fitted, heldOut: fitted, votes: [] } }],
    });
  test.each([
    ['none', []],
    ['a single point', [[31.4, 0.5]]],
    [
      'equal points',
      [
        [31.4, 0.5],
        [31.4, 0.5],
      ],
    ],
    ['0', [[0, 0]]],
    [
      '1e-12',
      [
        [1e-12, 0],
        [3e-12, 1],
      ],
    ],
    [
      '1e12 beside 1',
      [
        [1e12, 0.2],
        [1, 0.9],
      ],
    ],
    [
      'the greatest',
      [
        [greatest, 1],
        [-greatest, 0],
      ],
    ],
  ])('are finite and hold every point: %s', (_, pairs) => {
    const points = scatterPoints(pairs.map(([reconstruction, metric]) => measured(reconstruction, metric)));
    const { x, y } = scatterAxes(points);
    for (const { domain, ticks } of [x, y]) {
      expect(domain[0]).toBeLessThan(domain[1]);
      for (const value of [...domain, ...ticks]) expect(value).toSatisfy(Number.isFinite);
      expect(ticks.length).toBeLessThan(10);
    }
    for (const { reconstruction, metric } of points) {
      expect(reconstruction).toBeGreaterThanOrEqual(x.domain[0]);
      expect(reconstruction).toBeLessThanOrEqual(x.domain[1]);
      expect(metric).toBeGreaterThanOrEqual(y.domain[0]);
      expect(metric).toBeLessThanOrEqual(y.domain[1]);
    }
    expect(y.domain[0]).toBeGreaterThanOrEqual(0);
    expect(y.domain[1]).toBeLessThanOrEqual(1);
  });
});
