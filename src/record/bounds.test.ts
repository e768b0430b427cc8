import { describe, expect, test } from 'vitest';
import { presets } from '../config/presets.ts';
import { blankEvaluation } from './blankEvaluation.fixture.ts';
import { recordBounds } from './bounds.ts';
import { parseRunRecord, readRunRecord, runRecordFormat, runRecordVersion } from './runRecord.ts';

/** A record as it comes from a file, with whatever it is given. */
function file(fields: Record<string, unknown>) {
  return {
    format: runRecordFormat,
    version: runRecordVersion,
    name: 'a run',
    config: presets.tiny,
    preset: 'tiny',
    trainer: { engine: 'tfjs-wasm', adapter: '1 thread', software: true },
    startedAt: '2026-11-24T10:00:00.000Z',
    steps: 200,
    seconds: 1,
    outcome: 'stopped',
    changes: [],
    history: {},
    evaluations: [],
    ...fields,
  };
}

/** With one curve, its arrays replaced in part. */
const withCurve = (arrays: Record<string, unknown>, fields = {}) =>
  file({
    history: { kl: { from: [1, 3], to: [2, 4], mean: [1, 2], min: [0, 1], max: [2, 3], ...arrays } },
    ...fields,
  });
const repeated = (value: number, length: number) => new Array<number>(length).fill(value);
const evaluations = (...steps: number[]) => file({ evaluations: steps.map(blankEvaluation) });
const scored = (fields: Record<string, unknown>) =>
  file({ evaluations: [{ ...blankEvaluation(100), ...fields }] });

const refused: [string, Record<string, unknown>, string][] = [
  [
    'a picture that is no PNG',
    file({ traversals: { step: 1, png: 'PHNjcmlwdD4=' } }),
    '"traversals.png" is wrong (a picture that is no PNG in base64',
  ],
  [
    'a picture of a step that was not done',
    file({ traversals: { step: 201, png: 'iVBORw0KGgoA' } }),
    '"traversals" is wrong',
  ],
  [
    'a value beyond float32',
    withCurve({ mean: [1, 1e308] }),
    '"history.kl.mean.1" is wrong (a number beyond 3.4e38',
  ],
  ['a negative one', withCurve({ min: [-3.41e38, 1] }), '"history.kl.min.0" is wrong'],
  ['no number', withCurve({ max: [2, null] }), '"history.kl.max.1" is wrong'],
  [
    'a point that ends before it begins',
    withCurve({ from: [5, 7], to: [4, 8] }),
    '"history.kl" is wrong (point 1 ends at step 4, before it begins at step 5)',
  ],
  [
    'points out of order',
    withCurve({ from: [10, 1], to: [11, 2] }),
    'point 2 begins at step 1, but the point before it ends at step 11',
  ],
  ['points that overlap', withCurve({ from: [1, 2], to: [2, 4] }), 'point 2 begins at step 2'],
  ['a least value above the greatest', withCurve({ min: [3, 1] }), 'point 1 has a least value, 3'],
  ['a mean above the greatest', withCurve({ mean: [1, 4] }), 'point 2 has a mean, 4, that is not between'],
  ['a mean below the least', withCurve({ mean: [-0.5, 2] }), 'point 1 has a mean, -0.5'],
  ['points beyond the run', withCurve({}, { steps: 3 }), '"history.kl" is wrong (it reaches step 4'],
  [
    'too many points',
    withCurve({ from: repeated(1, recordBounds.points + 1) }),
    '"history.kl.from" is wrong (more than 10000 points)',
  ],
  [
    'too many curves',
    file({
      history: Object.fromEntries(
        Array.from({ length: recordBounds.curves + 1 }, (_, i) => [
          `c${i}`,
          { from: [], to: [], mean: [], min: [], max: [] },
        ]),
      ),
    }),
    '"history" is wrong (it has more than',
  ],
  [
    'a measurement after the end',
    evaluations(100, 201),
    '"evaluations.1" is wrong (it was taken at step 201',
  ],
  ['measurements out of order', evaluations(100, 50), 'taken at step 50, not after the one before it'],
  ['the same one twice', evaluations(100, 100), 'taken at step 100, not after'],
  ['a metric above 1', scored({ factorVae: { fitted: 1.2, heldOut: 1, votes: [] } }), 'factorVae.fitted'],
  [
    'a score below 0',
    scored({ mig: -0.2 }),
    '"evaluations.0.mig" is wrong (a score that is not from 0 to 1)',
  ],
  ['a table without end', scored({ mutualInformation: [repeated(0, 1000)] }), 'mutualInformation.0'],
  [
    'gamma moved to what it cannot be',
    file({ changes: [{ step: 5, key: 'gamma', from: 10, to: 1e6 }] }),
    '"changes.0" is wrong (a setting was changed',
  ],
  [
    'a name without end',
    file({ name: 'x'.repeat(1001) }),
    '"name" is wrong (a text of more than 1000 characters)',
  ],
  [
    'an adapter without end',
    file({ trainer: { ...file({}).trainer, adapter: 'x'.repeat(9999) } }),
    'adapter',
  ],
  ['a parent longer than the run', file({ parent: { id: 'a', name: 'b', step: 201 } }), '"parent" is wrong'],
  ['a fraction of a step', file({ steps: 1.5 }), '"steps" is wrong'],
  [
    'more steps than there can be',
    file({ steps: Number.MAX_SAFE_INTEGER }),
    '"steps" is wrong (a step beyond 4294967295',
  ],
  ['more steps than can be counted', file({ steps: 1e300 }), '"steps" is wrong'],
  ['an age of the universe', file({ seconds: 1e18 }), '"seconds" is wrong'],
  ['a day that is none', file({ startedAt: '2026-13-40T10:00:00.000Z' }), '"startedAt" is wrong'],
];

describe('the bounds of a record', () => {
  test.each(refused)('%s is refused, and the sentence says what is wrong and where', (_, value, sentence) => {
    expect(() => readRunRecord(value, 'x.json')).toThrow(
      expect.objectContaining({
        name: 'RunRecordError',
        message: expect.stringMatching(/^x\.json is not a valid run record: "/),
      }),
    );
    expect(() => readRunRecord(value, 'x.json')).toThrow(sentence);
  });

  test.each([
    ['the greatest float32', withCurve({ mean: [1, 3.40282e38], max: [2, recordBounds.magnitude] })],
    ['tiny, negative and zero values', withCurve({ mean: [1e-45, 0], min: [-1e-12, -1], max: [1e-12, 0] })],
    ['a mean that float32 rounded past its extremes', withCurve({ mean: [2.00001, 2], max: [2, 3] })],
    ['holes between points', withCurve({ from: [1, 100], to: [1, 200] })],
    ['a curve without points', withCurve({ from: [], to: [], mean: [], min: [], max: [] })],
    ['as many steps as there can be', file({ steps: 2 ** 32 - 1 })],
    ['a score that arithmetic carried past 1', scored({ modularity: 1 + 1e-12 })],
    ['a change for the step to come', file({ changes: [{ step: 201, key: 'beta', from: 1, to: 0 }] })],
    [
      'a column of a later release',
      file({ history: { novelty: { from: [1], to: [1], mean: [1], min: [1], max: [1] } } }),
    ],
    ['a name in any script', file({ name: 'line one\nline two \u202E 模型 😀' })],
  ])('%s is taken', (_, value) => {
    expect(() => parseRunRecord(JSON.stringify(value))).not.toThrow();
  });
});
