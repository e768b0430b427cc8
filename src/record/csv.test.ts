import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { presets } from '../config/presets.ts';
import { blankEvaluation } from './blankEvaluation.fixture.ts';
import { distinctNames, runsCsv } from './csv.ts';
import { curveOf } from './curve.ts';
import { type RunRecord, runRecordFormat, runRecordVersion } from './runRecord.ts';

const point = (step: number, mean: number) => ({ from: step, to: step, mean, band: [mean, mean] as const });

const named = (name: string, history: RunRecord['history'] = {}): RunRecord => ({
  format: runRecordFormat,
  version: runRecordVersion,
  name,
  config: presets.tiny,
  preset: 'tiny',
  trainer: { engine: 'tfjs-wasm', adapter: '1 thread', software: true },
  startedAt: '2026-11-24T10:00:00.000Z',
  steps: 96,
  seconds: 1,
  outcome: 'stopped',
  changes: [],
  history: { kl: curveOf([point(1, 4)]), ...history },
  evaluations: [],
});

/** As a program reads it that knows nothing of how it was written. */
const read = (csv: string): string[][] => parse(csv, { bom: true });

describe('runs as CSV', () => {
  test('a line a value, with names that tell runs apart', () => {
    const measured = { ...named('third'), evaluations: [{ ...blankEvaluation(96), mig: 0.25 }] };
    const rows = read(runsCsv([named('a run'), named('a run'), measured]));
    expect(rows.slice(0, 4)).toEqual([
      ['run', 'step', 'metric', 'value'],
      ['a run', '1', 'kl', '4'],
      ['a run (2)', '1', 'kl', '4'],
      ['third', '1', 'kl', '4'],
    ]);
    expect(rows).toContainEqual(['third', '96', 'mig', '0.25']);
    expect(distinctNames(['a', 'a (2)', 'a'])).toEqual(['a', 'a (2)', 'a (3)']);
  });

  test.each([
    ['=HYPERLINK("http://example.org","seed 3")'],
    ['@SUM(1+1)'],
    ["+1+cmd|' /C calc'!A0"],
    ['-2+3'],
    ['\t=1+1'],
    ['\r=1+1'],
    ['\n=1+1'],
    [' =1+1'],
    ['\uFF1D1+1'],
    ['\0=cmd|calc'],
  ])('a name that a spreadsheet would take for a formula gets an apostrophe: %j', (name) => {
    const [, [cell, ...rest]] = read(runsCsv([named(name)]));
    expect(cell).toBe(`'${name}`);
    expect(rest).toEqual(['1', 'kl', '4']);
  });

  test.each([
    ['say "γ, 10"'],
    ['two\nlines, and\r\nthree'],
    ['a;=1+1'],
    ['tab\there'],
    ['"'],
    ['=a,"b"\n'],
    ['模型 😀'],
    [''],
  ])('any other text comes back as it is: %j', (name) => {
    const [, [cell]] = read(runsCsv([named(name)]));
    expect(cell.replace(/^'=/, '=')).toBe(name);
  });

  test('names that an apostrophe makes the same are told apart', () => {
    const rows = read(runsCsv([named('=a'), named("'=a")]));
    expect(rows.slice(1).map(([cell]) => cell)).toEqual(["'=a", "'=a (2)"]);
  });

  test('names of columns are text too, from whatever file they came', () => {
    const rows = read(
      runsCsv([named('a', { '=1+1': curveOf([point(2, 3)]), 'x,"y"': curveOf([point(2, 5)]) })]),
    );
    expect(rows.slice(2)).toEqual([
      ['a', '2', "'=1+1", '3'],
      ['a', '2', 'x,"y"', '5'],
    ]);
  });

  test('numbers stay numbers, negative ones too', () => {
    const values = [-0.05, 1e-7, -2.5e30, 0, 12];
    const curve = curveOf(values.map((value, i) => point(i + 1, value)));
    const rows = read(runsCsv([named('a', { totalCorrelation: curve })])).slice(2);
    expect(rows.map(([, , , value]) => Number(value))).toEqual(values);
    for (const [, step, , value] of rows) expect(`${step} ${value}`).toMatch(/^\d+ -?\d/);
  });

  test('begins with the mark by which Excel knows UTF-8, once', () => {
    const bytes = new TextEncoder().encode(runsCsv([named('γ')]));
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(runsCsv([named('γ'), named('b')]).split('\uFEFF')).toHaveLength(2);
  });
});
