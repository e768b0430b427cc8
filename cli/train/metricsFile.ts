import { z } from 'zod';
import type { RunConfig } from '../../src/config/schema.ts';
import type { MetricsBatch } from '../../src/model/metricsRow.ts';
import { metricNames } from '../../src/model/metricsRow.ts';
import { rounded } from '../../src/record/curve.ts';
import { type Part, part } from '../../src/report.ts';
import { DamagedFileError } from './failures.ts';
import { appendFile } from './files.ts';
import { type JsonLine, type KeptLines, readJsonLines } from './jsonLines.ts';

/**
 * metrics.jsonl: a line of JSON for every step, {"step":1,"reconstruction":...}, by the names of metricNames. What a run
 * does not measure is left out. Numbers have six digits.
 */
const rowSchema = z.looseObject({ step: z.number() });

/** What beta-VAE, which has no discriminator, does not measure. */
const ofDiscriminator: readonly string[] = ['totalCorrelation', 'discriminatorLoss', 'discriminatorAccuracy'];

/** Rows as the file holds them, so that what is read back is what was known before. */
export function roundedRows({ firstStep, rows }: MetricsBatch): MetricsBatch {
  return { firstStep, rows: new Float32Array(rows).map(rounded) };
}

export async function appendMetrics(path: string, batch: MetricsBatch, latents: number): Promise<void> {
  const names = metricNames(latents);
  const lines: string[] = [];
  for (let row = 0; row * names.length < batch.rows.length; row++) {
    const values = names.flatMap((name, column): [string, number][] => {
      const value = batch.rows[row * names.length + column];
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
  config: RunConfig,
  onRow: (batch: MetricsBatch) => void,
): Promise<ReadMetrics> {
  const names = metricNames(config.latents);
  const unmeasured = config.objective === 'betaVae' ? new Set(ofDiscriminator) : new Set<string>();
  let kept: KeptLines = { path, bytes: 0, open: false };
  let step = 0;
  for await (const line of readJsonLines(path)) {
    if (step === lastStep) return { kept, whole: false };
    const row = rowOf(line, step + 1, names, unmeasured);
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
  names: readonly string[],
  unmeasured: ReadonlySet<string>,
): Float32Array<ArrayBuffer> | Part {
  const row = rowSchema.safeParse(value);
  if (!row.success) return part(finished ? 'line.unreadable' : 'line.unfinished', { line: number });
  if (row.data.step !== step)
    return part('line.otherStep', { line: number, step: row.data.step, needed: step });
  const numbers = new Float32Array(names.length);
  for (const [column, name] of names.entries()) {
    const cell = row.data[name];
    const absent = cell === undefined && unmeasured.has(name);
    if (!absent && !(typeof cell === 'number' && Number.isFinite(cell)))
      return part('line.noNumber', { line: number, name });
    numbers[column] = absent ? Number.NaN : Number(cell);
  }
  return numbers;
}

function damaged(path: string, lastStep: number, problem: Part): DamagedFileError {
  return new DamagedFileError('MetricsDamagedError', { path, problem, step: lastStep });
}
