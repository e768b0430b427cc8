/**
 * One step's numbers as a row of float32, the same from every trainer, so that rows travel from GPU to chart as one
 * array. All are means over the batch, in nats unless said:
 * reconstruction (Bernoulli, summed over pixels), KL (summed over latents), the discriminator's estimate of TC
 * (mean logit 0 - logit 1), the discriminator's loss, its accuracy (0..1, over both halves), the gamma and beta that
 * the step used, then KL of each latent. beta-VAE trains no discriminator: its three columns are NaN, not measured.
 */
export const metricColumns = [
  'reconstruction',
  'kl',
  'totalCorrelation',
  'discriminatorLoss',
  'discriminatorAccuracy',
  'gamma',
  'beta',
] as const;
export type MetricName = (typeof metricColumns)[number];

export function metricWidth(latents: number): number {
  return metricColumns.length + latents;
}

export function metricIndex(name: MetricName): number {
  return metricColumns.indexOf(name);
}

/** A name for every column of a row: metricColumns, then `klLatent0`, `klLatent1`, ... */
export function metricNames(latents: number): string[] {
  return [...metricColumns, ...Array.from({ length: latents }, (_, latent) => `klLatent${latent}`)];
}

/** Index of the first of the per-latent KL columns. */
export const klPerLatentIndex = metricColumns.length;

/** Rows of metrics of consecutive steps. Row i belongs to step `firstStep + i`, counted from 1. */
export interface MetricsBatch {
  readonly firstStep: number;
  /** [rows, metricWidth(latents)]. */
  readonly rows: Float32Array<ArrayBuffer>;
}
