import { describe, expect, test } from 'vitest';
import { presets } from '../config/presets.ts';
import { blankEvaluation } from './blankEvaluation.fixture.ts';
import { distinctNames, runsCsv } from './csv.ts';
import { type CurvePoint, curveOf } from './curve.ts';
import { differingSettings } from './differences.ts';
import type { EvaluationRecord } from './evaluationRecord.ts';
import { lastConfig, lastResults, meanUpTo, tradeOff, valuesOf } from './results.ts';
import { parseRuns, runKey, runsJson } from './runFile.ts';
import { type RunRecord, runRecordFormat, runRecordJson, runRecordVersion } from './runRecord.ts';
import { smooth } from './smoothing.ts';

const point = (from: number, to: number, mean: number): CurvePoint => ({
  from,
  to,
  mean,
  band: [mean, mean],
});

const record: RunRecord = {
  format: runRecordFormat,
  version: runRecordVersion,
  name: 'a run',
  config: presets.tiny,
  preset: 'tiny',
  trainer: { engine: 'wasm', backend: 'wasm', adapter: '1 thread, SIMD', software: true },
  startedAt: '2026-11-24T10:00:00.000Z',
  steps: 96,
  seconds: 1,
  outcome: 'stopped',
  changes: [],
  history: { reconstruction: curveOf([point(1, 32, 40), point(33, 64, 20), point(65, 96, 10)]) },
  evaluations: [],
};

const evaluation = (step: number, fitted: number): EvaluationRecord => ({
  ...blankEvaluation(step),
  mig: 0.25,
  factorVae: { fitted, heldOut: 0.5, votes: [] },
});

describe('smoothing', () => {
  test('is TensorBoard’s: the start is not drawn to zero, and a constant stays', () => {
    // TensorBoard: last = last w + (1 - w) v, shown divided by 1 - w^n.
    const values = [3, 5, 4, 8];
    let last = 0;
    const expected = values.map((value, i) => {
      last = last * 0.6 + 0.4 * value;
      return last / (1 - 0.6 ** (i + 1));
    });
    smooth(values, 0.6).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 12);
    });
    expect(smooth([2, 2, 2], 0.99)).toEqual([2, 2, 2]);
    expect(smooth(values, 0)).toEqual(values);
    expect(smooth([], 0.5)).toEqual([]);
  });
});

describe('results', () => {
  test('the mean stands for the latest 32 steps at least, and for none that came later', () => {
    const { reconstruction } = record.history;
    expect(meanUpTo(reconstruction, 96)).toBe(10);
    expect(meanUpTo(reconstruction, 70)).toBe(20);
    expect(meanUpTo(curveOf([point(1, 8, 4), point(9, 16, 2)]), 16)).toBe(3);
    expect(meanUpTo(curveOf([point(1, 64, 4)]), 10)).toBe(4);
    expect(meanUpTo(undefined, 10)).toBeNull();
    expect(lastResults(record)).toEqual({ reconstruction: 10, factorVaeMetric: null });
  });

  test('a point pairs metric and reconstruction of the same step, with the weight of then', () => {
    expect(tradeOff(record)).toBeNull();
    const measured: RunRecord = {
      ...record,
      changes: [
        { step: 40, key: 'gamma', from: 10, to: 20 },
        { step: 90, key: 'gamma', from: 20, to: 99 },
      ],
      evaluations: [evaluation(32, 0.3), evaluation(64, 0.8)],
    };
    expect(tradeOff(measured)).toEqual({
      objective: 'factorVae',
      weight: 20,
      step: 64,
      reconstruction: 20,
      metric: 0.8,
    });
    expect(lastConfig(measured).gamma).toBe(99);
    expect(valuesOf(measured, 'factorVaeMetric')).toEqual([
      { step: 32, value: 0.3 },
      { step: 64, value: 0.8 },
    ]);
    expect(valuesOf(measured, 'kl')).toEqual([]);
    const betaVae = { ...measured, config: { ...presets.tiny, objective: 'betaVae' as const, beta: 4 } };
    expect(tradeOff(betaVae)).toMatchObject({ objective: 'betaVae', weight: 4 });
  });
});

describe('differing settings', () => {
  const withConfig = (config: Partial<RunRecord['config']>): RunRecord => ({
    ...record,
    config: { ...record.config, ...config },
  });

  test('are those that differ, a factor by itself, with changes on the way', () => {
    expect(differingSettings([])).toEqual([]);
    expect(differingSettings([record, record])).toEqual([]);
    const other = {
      ...withConfig({ gamma: 20, factors: { ...presets.tiny.factors, scale: 2 } }),
      changes: [{ step: 50, key: 'gamma' as const, from: 20, to: 40 }],
    };
    expect(differingSettings([record, other])).toEqual([
      { setting: 'gamma', values: ['10', '20, 40 from step 50'] },
      { setting: 'scale', values: ['6', '2'] },
    ]);
  });

  test('what beta-VAE does not use is no difference', () => {
    const betaVae = withConfig({ objective: 'betaVae', gamma: 3, discriminatorWidth: 8 });
    expect(differingSettings([record, betaVae])).toEqual([
      { setting: 'objective', values: ['factorVae', 'betaVae'] },
    ]);
    expect(differingSettings([record, withConfig({ gamma: 20 }), betaVae])[1]).toEqual({
      setting: 'gamma',
      values: ['10', '20', null],
    });
  });
});

describe('files of runs', () => {
  test('come back as they were; a record by itself is one too', () => {
    const second = { ...record, id: 'b', parent: { id: 'a', name: 'a run', step: 9 } };
    expect(parseRuns(runsJson([record, second]))).toEqual({ records: [record, second], problems: [] });
    expect(parseRuns(runRecordJson(record))).toEqual({ records: [record], problems: [] });
  });

  test('what cannot be read is named, and the rest is taken', () => {
    const text = runsJson([record]).replace('"runs":[', '"runs":[{"format":"other"},');
    const read = parseRuns(text);
    expect(read.records).toEqual([record]);
    expect(read.problems).toEqual([expect.stringContaining('another kind of file')]);
    expect(parseRuns('{').problems).toEqual([expect.stringContaining('not JSON')]);
  });

  test('a run is the same under another name and with more steps', () => {
    expect(runKey({ ...record, name: 'other', steps: 500 })).toBe(runKey(record));
    expect(runKey({ ...record, config: { ...record.config, seed: 1 } })).not.toBe(runKey(record));
    expect(runKey({ ...record, id: 'x' })).toBe('x');
  });

  test('CSV has a line a value, with names that tell runs apart, quoted where needed', () => {
    const named = { ...record, name: 'say "γ, 10"', evaluations: [evaluation(96, 0.9)] };
    const lines = runsCsv([record, record, named]).trimEnd().split('\n');
    expect(lines.slice(0, 2)).toEqual(['run,step,metric,value', 'a run,32,reconstruction,40']);
    expect(lines[4]).toBe('a run (2),32,reconstruction,40');
    expect(lines).toContain('"say ""γ, 10""",96,factorVaeMetric,0.9');
    expect(distinctNames([record, { ...record, name: 'a run (2)' }, record])).toEqual([
      'a run',
      'a run (2)',
      'a run (3)',
    ]);
  });
});
