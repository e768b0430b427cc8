import { describe, expect, test } from 'vitest';
import { presets } from '../config/presets.ts';
import type { Evaluation } from '../metrics/evaluate.ts';
import { fullBudget } from '../metrics/evaluate.ts';
import { type CurvePoint, curveOf, pointsOf } from './curve.ts';
import { evaluationRecord } from './evaluationRecord.ts';
import {
  parseRunRecord,
  type RunRecord,
  runRecordFormat,
  runRecordJson,
  runRecordVersion,
} from './runRecord.ts';

const evaluation: Evaluation = {
  mig: 0.4,
  sapContinuous: 0.1,
  modularity: 0.9,
  gaussianTotalCorrelation: Number.POSITIVE_INFINITY,
  mutualInformation: [[0.5, 0.1]],
  dci: {
    disentanglement: 0.6,
    completeness: 0.5,
    informativenessTrain: 1,
    informativenessTest: 0.8,
    importances: [[1, 0]],
  },
  factorVae: { fitted: 0.9, heldOut: 0.88, votes: [[400], [400]] },
  higgins: { fitted: 1, heldOut: 0.99 },
};
const points: CurvePoint[] = [
  { from: 1, to: 2, mean: 0.123456789, band: [-1, 2] },
  { from: 3, to: 3, mean: 7, band: [7, 7] },
];
const record: RunRecord = {
  format: runRecordFormat,
  version: runRecordVersion,
  name: 'gamma 20',
  config: { ...presets.tiny, gamma: 20 },
  preset: 'tiny',
  trainer: { engine: 'tfjs-wasm', adapter: '1 thread, SIMD', software: true },
  startedAt: '2026-11-24T10:00:00.000Z',
  steps: 3,
  seconds: 0.5,
  outcome: 'complete',
  changes: [{ step: 2, key: 'gamma', from: 20, to: 30 }],
  history: { kl: curveOf(points) },
  evaluations: [evaluationRecord(3, { seed: 0, budget: fullBudget }, evaluation)],
};

describe('the record of a run', () => {
  test('comes back from its text as it was', () => {
    expect(parseRunRecord(runRecordJson(record))).toEqual(record);
  });

  test('an evaluation keeps every score; a total correlation without bound is null', () => {
    expect(record.evaluations[0]).toEqual({
      ...evaluation,
      step: 3,
      seed: 0,
      budget: fullBudget,
      gaussianTotalCorrelation: null,
    });
  });

  test('a curve keeps its points to six digits', () => {
    expect(pointsOf(record.history.kl)).toEqual([
      { step: 1.5, from: 1, to: 2, mean: 0.123457, band: [-1, 2] },
      { step: 3, from: 3, to: 3, mean: 7, band: [7, 7] },
    ]);
  });

  test.each([
    ['wasm', 'wasm', 'tfjs-wasm'],
    ['webgl', 'webgl', 'tfjs-webgl'],
    ['cpu', 'cpu', 'tfjs-cpu'],
    ['tfjs-webgpu', 'webgpu', 'tfjs-webgpu'],
    ['webgpu', 'webgpu', 'webgpu'],
  ])('of an older release, which named the backend: engine %s is %s now', (engine, backend, now) => {
    const older = { ...record, trainer: { ...record.trainer, engine, backend } };
    expect(parseRunRecord(JSON.stringify(older))).toEqual({
      ...record,
      trainer: { ...record.trainer, engine: now },
    });
  });

  test('an engine is called by its name of now where no backend is named', () => {
    for (const trainer of [
      { ...record.trainer, engine: 'cpu' },
      { ...record.trainer, engine: 'cuda', backend: 'cuda' },
    ])
      expect(() => parseRunRecord(JSON.stringify({ ...record, trainer }))).toThrow(/"trainer.engine"/);
  });

  test('fields that are not known are passed over', () => {
    const newer = JSON.stringify({ ...record, colour: 'red' });
    expect(parseRunRecord(newer)).toEqual(record);
  });

  const cases: [string, string, string][] = [
    ['no JSON', 'PK', 'This file is not a run record (expected JSON).'],
    ['a part of JSON', '{"format":', 'damaged, or cut off'],
    ['nothing', '', 'is empty'],
    ['another file', '{"format":"zip"}', 'is not a run record (its "format" is not'],
    ['a newer version', JSON.stringify({ ...record, version: 9 }), 'its version is 9'],
    ['a number out of range', JSON.stringify({ ...record, steps: -1 }), '"steps"'],
    [
      'arrays of different lengths',
      JSON.stringify({ ...record, history: { kl: { ...record.history.kl, mean: [1] } } }),
      '"history.kl" is wrong (the arrays of a curve',
    ],
  ];
  test.each(cases)('%s: named in a sentence', (_, text, message) => {
    const error = expect.objectContaining({
      name: 'RunRecordError',
      message: expect.stringContaining(message),
    });
    expect(() => parseRunRecord(text)).toThrow(error);
  });
});
