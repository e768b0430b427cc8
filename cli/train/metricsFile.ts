import { z } from 'zod';
import type { RunConfig } from '../../src/config/schema.ts';
import type { MetricsBatch } from '../../src/model/metricsRow.ts';
import { metricNames } from '../../src/model/metricsRow.ts';
import { rounded } from '../../src/record/curve.ts';
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
    if (typeof row === 'string') throw damaged(path, lastStep, row);
    step++;
    onRow({ firstStep: step, rows: row });
    kept = { path, bytes: line.end, open: !line.finished };
  }
  if (step < lastStep) throw damaged(path, lastStep, `it ends after step ${step}`);
  return { kept, whole: true };
}

/** The numbers of a line, or what is wrong with it. */
function rowOf(
  { number, value, finished }: JsonLine,
  step: number,
  names: readonly string[],
  unmeasured: ReadonlySet<string>,
): Float32Array<ArrayBuffer> | string {
  const row = rowSchema.safeParse(value);
  if (!row.success) return `line ${number} ${finished ? 'cannot be read' : 'was not finished'}`;
  if (row.data.step !== step)
    return `line ${number} is of step ${row.data.step} and should be of step ${step}`;
  const numbers = new Float32Array(names.length);
  for (const [column, name] of names.entries()) {
    const cell = row.data[name];
    const absent = cell === undefined && unmeasured.has(name);
    if (!absent && !(typeof cell === 'number' && Number.isFinite(cell)))
      return `line ${number} has no number for "${name}"`;
    numbers[column] = absent ? Number.NaN : Number(cell);
  }
  return numbers;
}

function damaged(path: string, lastStep: number, what: string): DamagedFileError {
  return new DamagedFileError(
    'MetricsDamagedError',
    `${path} is damaged: ${what}, and the run’s checkpoint is of step ${lastStep}. Nothing was changed. Mend the file or put back a copy of it, or name another directory with --out to train the run again.`,
  );
}
