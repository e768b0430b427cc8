import { expect, test } from 'vitest';
import { metricIndex, vaeColumns } from '../families/vae/columns.ts';
import { part } from '../report.ts';
import { checkLosses } from './divergence.ts';
import { smallRun } from './smallRun.fixture.ts';

const columns = vaeColumns(smallRun);
const width = columns.length;

/** Three steps from 11 on, with one number replaced. */
function batchWith(row: number, column: number, value: number) {
  const rows = new Float32Array(3 * width).fill(0.5);
  rows[row * width + column] = value;
  return { firstStep: 11, rows };
}

test.each([
  ['reconstruction', 0, Number.NaN],
  ['kl', 1, Number.POSITIVE_INFINITY],
  ['totalCorrelation', 2, Number.NEGATIVE_INFINITY],
  ['discriminatorLoss', 2, Number.NaN],
] as const)('%s of row %d that is %d ends the rows before it', (loss, row, value) => {
  const given = batchWith(row, metricIndex(loss), value);
  const { batch, divergence } = checkLosses(given, columns);
  expect(divergence).toEqual({ step: 11 + row, loss: part(`loss.${loss}`) });
  expect(batch).toEqual({ firstStep: 11, rows: given.rows.subarray(0, row * width) });
});

test('names the first loss of the first row', () => {
  const given = batchWith(2, metricIndex('reconstruction'), Number.NaN);
  given.rows[width + metricIndex('totalCorrelation')] = Number.NaN;
  given.rows[width + metricIndex('kl')] = Number.NaN;
  expect(checkLosses(given, columns).divergence).toEqual({ step: 12, loss: part('loss.kl') });
});

test.each([
  ['finite losses', smallRun, batchWith(0, 0, 1e30)],
  ['no rows', smallRun, { firstStep: 1, rows: new Float32Array() }],
  ['an accuracy that is no number', smallRun, batchWith(1, metricIndex('discriminatorAccuracy'), Number.NaN)],
  [
    'what beta-VAE does not measure',
    { ...smallRun, objective: 'betaVae' as const },
    batchWith(1, metricIndex('discriminatorLoss'), Number.NaN),
  ],
])('%s are handed on as they are', (_, config, batch) => {
  const checked = checkLosses(batch, vaeColumns(config));
  expect(checked.divergence).toBeNull();
  expect(checked.batch).toBe(batch);
});
