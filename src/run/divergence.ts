import type { Column, MetricsBatch } from '../model/columns.ts';
import type { Part } from '../report.ts';

/** A loss that is not finite, and the step that it is of. */
export interface Divergence {
  readonly step: number;
  readonly loss: Part;
}

/** Rows of metrics of finite losses, and what ended them: null where all were finite. */
export interface CheckedBatch {
  readonly batch: MetricsBatch;
  readonly divergence: Divergence | null;
}

/** Cuts rows of metrics before the first loss that is not finite. What a run does not measure is not looked at. */
export function checkLosses(batch: MetricsBatch, columns: readonly Column[]): CheckedBatch {
  const { firstStep, rows } = batch;
  const width = columns.length;
  const watched = columns.flatMap(({ measured, loss }, index) => (measured && loss ? [{ loss, index }] : []));
  for (let row = 0; row * width < rows.length; row++) {
    const bad = watched.find(({ index }) => !Number.isFinite(rows[row * width + index]));
    if (bad)
      return {
        batch: { firstStep, rows: rows.slice(0, row * width) },
        divergence: { step: firstStep + row, loss: bad.loss },
      };
  }
  return { batch, divergence: null };
}
