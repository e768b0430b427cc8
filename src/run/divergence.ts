import type { RunConfig } from '../config/schema.ts';
import { type MetricsBatch, metricIndex, metricWidth } from '../model/metricsRow.ts';

const losses = (['reconstruction', 'kl', 'totalCorrelation', 'discriminatorLoss'] as const).map((name) => ({
  name,
  index: metricIndex(name),
}));

/** A loss that is not finite, and the step that it is of. */
export interface Divergence {
  readonly step: number;
  readonly loss: (typeof losses)[number]['name'];
}

/** Rows of metrics of finite losses, and what ended them: null where all were finite. */
export interface CheckedBatch {
  readonly batch: MetricsBatch;
  readonly divergence: Divergence | null;
}

/**
 * Cuts rows of metrics before the first loss that is not finite. beta-VAE has no discriminator: its columns are not
 * measured and not looked at.
 */
export function checkLosses(batch: MetricsBatch, { latents, objective }: RunConfig): CheckedBatch {
  const { firstStep, rows } = batch;
  const width = metricWidth(latents);
  const watched = objective === 'factorVae' ? losses : losses.slice(0, 2);
  for (let row = 0; row * width < rows.length; row++) {
    const bad = watched.find(({ index }) => !Number.isFinite(rows[row * width + index]));
    if (bad)
      return {
        batch: { firstStep, rows: rows.slice(0, row * width) },
        divergence: { step: firstStep + row, loss: bad.name },
      };
  }
  return { batch, divergence: null };
}
