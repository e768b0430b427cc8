import type { MetricsBatch } from '../model/columns.ts';

/** Gathers rows of consecutive steps until they are sent, so that the page gets a few large batches a second. */
export class MetricsOutbox {
  readonly #batches: MetricsBatch[] = [];

  add(batch: MetricsBatch): void {
    if (batch.rows.length > 0) this.#batches.push(batch);
  }

  /** Everything gathered, as one batch; null if nothing. */
  take(): MetricsBatch | null {
    const batches = this.#batches.splice(0);
    if (batches.length === 0) return null;
    const rows = new Float32Array(batches.reduce((sum, batch) => sum + batch.rows.length, 0));
    let at = 0;
    for (const batch of batches) {
      rows.set(batch.rows, at);
      at += batch.rows.length;
    }
    return { firstStep: batches[0].firstStep, rows };
  }
}
