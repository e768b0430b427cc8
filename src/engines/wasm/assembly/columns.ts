import { liveValue, metricsRow } from './live';
import { address, word } from './record';
import { Column } from './records';

function put(record: usize, column: i32, value: f64): void {
  const row = metricsRow() * word(record, Column.width);
  const at = row + word(record, Column.column) + column;
  store<f32>(address(record, Column.rows) + ((<usize>at) << 2), <f32>value);
}

export function meanOfSum(record: usize): void {
  const source = address(record, Column.source);
  const count = word(record, Column.count);
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) sum += load<f64>(source + ((<usize>i) << 3));
  put(record, 0, sum / <f64>word(record, Column.detail));
}

export function meanOfTerm(record: usize): void {
  const source = address(record, Column.source) + ((<usize>word(record, Column.detail)) << 2);
  const count = word(record, Column.count);
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) sum += load<f32>(source + ((<usize>i) << 4));
  put(record, 0, sum / <f64>count);
}

export function divergence(record: usize): void {
  const source = address(record, Column.source);
  const rows = word(record, Column.count);
  const latents = word(record, Column.detail);
  let total: f64 = 0;
  for (let j = 0; j < latents; j++) {
    let sum: f64 = 0;
    for (let row = 0; row < rows; row++) sum += load<f32>(source + ((<usize>(row * latents + j)) << 2));
    if (word(record, Column.perLatent)) put(record, j, sum / <f64>rows);
    total += sum / <f64>rows;
  }
  if (!word(record, Column.perLatent)) put(record, 0, total);
}

export function liveColumn(record: usize): void {
  put(record, 0, liveValue(word(record, Column.detail)));
}

export function missingColumn(record: usize): void {
  put(record, 0, NaN);
}
