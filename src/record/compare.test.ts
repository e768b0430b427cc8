import { describe, expect, test } from 'vitest';
import { presets } from '../config/presets.ts';
import { word } from '../locale/word.ts';
import { blankEvaluation } from './blankEvaluation.fixture.ts';
import { type CurvePoint, curveOf } from './curve.ts';
import { differingSettings, settingTexts } from './differences.ts';
import type { EvaluationRecord } from './evaluationRecord.ts';
import { curveOfMetric, lastConfig, lastResults, meanUpTo, tradeOff } from './results.ts';
import { parseRuns, runKey, runsJson } from './runFile.ts';
import { type RunRecord, runRecordFormat, runRecordJson, runRecordVersion } from './runRecord.ts';

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
  trainer: { engine: 'tfjs-wasm', adapter: '1 thread, SIMD', software: true },
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
    expect(curveOfMetric(measured, 'factorVaeMetric')).toEqual([
      { step: 32, from: 32, to: 32, mean: 0.3, band: [0.3, 0.3] },
      { step: 64, from: 64, to: 64, mean: 0.8, band: [0.8, 0.8] },
    ]);
    expect(curveOfMetric(measured, 'kl')).toEqual([]);
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

  test('of a drag tell where it led, also in records that name no gestures', () => {
    const drag = [10, 12, 15, 20].flatMap((to, i, values) =>
      i === 0 ? [] : [{ step: 50 + 4 * i, key: 'gamma' as const, from: values[i - 1], to }],
    );
    const later = { step: 90, key: 'gamma' as const, from: 20, to: 0 };
    const text = (changes: RunRecord['changes'], seconds: number) =>
      settingTexts({ ...record, steps: 100, seconds, changes }).get('gamma');
    const named = drag.map((change) => ({ ...change, gesture: 3 }));
    const expected = '10, moved to 20 in steps 54 to 62, 0 from step 90';
    expect(text([...named, { ...later, gesture: 4 }], 1)).toBe(expected);
    // 10 steps a second: those of half a second are one gesture.
    expect(text([...drag, later], 10)).toBe(expected);
    expect(text(drag, 100)).toBe('10, 12 from step 54, 15 from step 58, 20 from step 62');
  });

  test('what beta-VAE does not use is no difference', () => {
    const unused: Partial<RunRecord['config']> = {
      gamma: 3,
      gammaWarmupSteps: 500,
      permutedBatch: 'first',
      discriminatorWidth: 8,
      discriminatorDepth: 1,
      discriminatorLearningRate: 0.5,
      discriminatorAdamBetas: [0, 0],
    };
    const betaVae = withConfig({ objective: 'betaVae', ...unused });
    expect(differingSettings([withConfig({ objective: 'betaVae' }), betaVae])).toEqual([]);
    const names = differingSettings([record, withConfig(unused)]).map(({ setting }) => setting);
    expect(names.sort()).toEqual(Object.keys(unused).sort());
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
    expect(parseRuns(runsJson([record, second]), 'runs.json')).toEqual({
      records: [record, second],
      problems: [],
    });
    expect(parseRuns(runRecordJson(record), 'run.json')).toEqual({ records: [record], problems: [] });
  });

  test('what cannot be read is named, and the rest is taken', () => {
    const text = runsJson([record]).replace('"runs":[', '"runs":[{"format":"other"},');
    const read = parseRuns(text, 'runs.json');
    expect(read.records).toEqual([record]);
    expect(read.problems.map(word)).toEqual([
      'runs.json, run 1, is not a run record (its "format" is not "factorvae-playground/run").',
    ]);
  });

  test.each([
    ['weights.safetensors', '\0\0header', 'weights.safetensors is not a run record (expected JSON).'],
    ['cut.json', '{"format":', 'cut.json cannot be read: its JSON is damaged, or cut off.'],
    ['empty.json', ' ', 'empty.json is empty.'],
    ['list.json', '[1]', 'list.json is not a run record (its "format" is not "factorvae-playground/run").'],
    ['newer.json', '{"format":"factorvae-playground/runs","version":7}', 'newer.json is of another release'],
    [
      'none.json',
      '{"format":"factorvae-playground/runs","version":1,"runs":5}',
      'none.json cannot be read: "runs"',
    ],
    [
      'a/run.json',
      JSON.stringify({ ...record, name: 5 }),
      'a/run.json is not a valid run record: "name" is wrong',
    ],
    [
      'two.json',
      JSON.stringify({
        format: 'factorvae-playground/runs',
        version: 1,
        runs: [{ ...record, steps: 1, name: 'short' }],
      }),
      'two.json, run 1 (“short”), is not a valid run record: "history.reconstruction" is wrong',
    ],
  ])('the sentence names the file: %s', (name, text, sentence) => {
    const { records, problems } = parseRuns(text, name);
    expect(records).toEqual([]);
    expect(problems.map(word)).toEqual([expect.stringContaining(sentence)]);
  });

  test('a run is the same under another name and with more steps', () => {
    expect(runKey({ ...record, name: 'other', steps: 500 })).toBe(runKey(record));
    expect(runKey({ ...record, config: { ...record.config, seed: 1 } })).not.toBe(runKey(record));
    expect(runKey({ ...record, id: 'x' })).toBe('x');
  });
});
