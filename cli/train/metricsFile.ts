import { z } from 'zod';
import type { Column, MetricsBatch } from '../../src/model/columns.ts';
import { rounded } from '../../src/record/curve.ts';
import { type Part, part } from '../../src/report.ts';
import { DamagedFileError } from './failures.ts';
import { appendFile } from './files.ts';
import { type JsonLine, type KeptLines, readJsonLines } from './jsonLines.ts';

/**
 * metrics.jsonl: a line of JSON for every step, {"step":1,"reconstruction":...}, by the names of columns. What a run does
 * not measure is left out. Numbers have six digits.
 */
const rowSchema = z.looseObject({ step: z.number() });

/** Rows as the file holds them, so that what is read back is what was known before. */
export function roundedRows({ firstStep, rows }: MetricsBatch): MetricsBatch {
  return { firstStep, rows: new Float32Array(rows).map(rounded) };
}

export async function appendMetrics(
  path: string,
  batch: MetricsBatch,
  columns: readonly Column[],
): Promise<void> {
  const lines: string[] = [];
  for (let row = 0; row * columns.length < batch.rows.length; row++) {
    const values = columns.flatMap(({ name }, column): [string, number][] => {
      const value = batch.rows[row * columns.length + column];
      return Number.isFinite(value) ? [[name, rounded(value)]] : [];
    });
    lines.push(`${JSON.stringify({ step: batch.firstStep + row, ...Object.fromEntries(values) })}\n`);
  }
  await appendFile(path, lines.join(''));
}

/** The first rows of a file of metrics. */
export interface ReadMetrics {
  readonly kept: KeptLines;
  /** Whether nothing follows them. */
  readonly whole: boolean;
}

/**
 * Hands over the rows of steps 1 to `lastStep` and tells where they end; what follows them is not looked at. Changes
 * nothing.
 * @throws DamagedFileError MetricsDamagedError where a step has no row of its own with all its numbers.
 */
export async function readMetrics(
  path: string,
  lastStep: number,
  columns: readonly Column[],
  onRow: (batch: MetricsBatch) => void,
): Promise<ReadMetrics> {
  let kept: KeptLines = { path, bytes: 0, open: false };
  let step = 0;
  for await (const line of readJsonLines(path)) {
    if (step === lastStep) return { kept, whole: false };
    const row = rowOf(line, step + 1, columns);
    if ('code' in row) throw damaged(path, lastStep, row);
    step++;
    onRow({ firstStep: step, rows: row });
    kept = { path, bytes: line.end, open: !line.finished };
  }
  if (step < lastStep) throw damaged(path, lastStep, part('line.last', { step }));
  return { kept, whole: true };
}

/** The numbers of a line, or what is wrong with it. */
function rowOf(
  { number, value, finished }: JsonLine,
  step: number,
  columns: readonly Column[],
): Float32Array<ArrayBuffer> | Part {
  const row = rowSchema.safeParse(value);
  if (!row.success) return part(finished ? 'line.unreadable' : 'line.unfinished', { line: number });
  if (row.data.step !== step)
    return part('line.otherStep', { line: number, step: row.data.step, needed: step });
  const numbers = new Float32Array(columns.length);
  for (const [column, { name, measured }] of columns.entries()) {
    const cell = row.data[name];
    const absent = cell === undefined && !measured;
    if (!absent && !(typeof cell === 'number' && Number.isFinite(cell)))
      return part('line.noNumber', { line: number, name });
    numbers[column] = absent ? Number.NaN : Number(cell);
  }
  return numbers;
}

function damaged(path: string, lastStep: number, problem: Part): DamagedFileError {
  return new DamagedFileError('MetricsDamagedError', { path, problem, step: lastStep });
}
