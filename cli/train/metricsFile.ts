import { createReadStream } from 'node:fs';
import { appendFile, stat, truncate } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { metricNames } from '../../src/model/metricsRow.ts';
import type { MetricsBatch } from '../../src/protocol/messages.ts';
import { rounded } from '../../src/record/curve.ts';
import { codeOf } from './files.ts';

/**
 * metrics.jsonl: a line of JSON for every step, {"step":1,"reconstruction":...}, by the names of metricNames. What a run
 * does not measure is left out. Numbers have six digits.
 */
const lineSchema = z.looseObject({ step: z.number().int().positive() });

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

/**
 * Hands over every row up to a step, and cuts off what follows: steps after the last checkpoint, which will be done
 * again, and a last line that was not finished. A file that is not there has no rows.
 */
export async function rewindMetrics(
  path: string,
  lastStep: number,
  latents: number,
  onRow: (batch: MetricsBatch) => void,
): Promise<void> {
  const names = metricNames(latents);
  const input = createReadStream(path);
  let kept = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      const parsed = parseLine(line);
      if (!parsed || parsed.step > lastStep) break;
      onRow({ firstStep: parsed.step, rows: Float32Array.from(names, (name) => Number(parsed[name])) });
      kept += Buffer.byteLength(line) + 1;
    }
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return;
    throw thrown;
  } finally {
    input.destroy();
  }
  // Only the newline of the last line may be missing.
  const { size } = await stat(path);
  if (kept > size) await appendFile(path, '\n');
  else await truncate(path, kept);
}

/** Null for a line that was cut short. */
function parseLine(line: string): z.infer<typeof lineSchema> | null {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
