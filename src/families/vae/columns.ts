import type { RunConfig } from '../../config/schema.ts';
import type { Column } from '../../model/columns.ts';
import { part } from '../../report.ts';

/**
 * All are means over the batch, in nats unless said: reconstruction (Bernoulli, summed over pixels), KL (summed over
 * latents), the discriminator's estimate of TC (mean logit 0 - logit 1), the discriminator's loss, its accuracy (0..1, over
 * both halves), and the gamma and beta that the step used.
 */
const leading = [
  { name: 'reconstruction', loss: part('loss.reconstruction'), ofDiscriminator: false },
  { name: 'kl', loss: part('loss.kl'), ofDiscriminator: false },
  { name: 'totalCorrelation', loss: part('loss.totalCorrelation'), ofDiscriminator: true },
  { name: 'discriminatorLoss', loss: part('loss.discriminatorLoss'), ofDiscriminator: true },
  { name: 'discriminatorAccuracy', loss: null, ofDiscriminator: true },
  { name: 'gamma', loss: null, ofDiscriminator: false },
  { name: 'beta', loss: null, ofDiscriminator: false },
] as const;
export type MetricName = (typeof leading)[number]['name'];

/** Those above, then the KL of each latent. beta-VAE trains no discriminator, so it measures nothing of one. */
export function vaeColumns({ objective, latents }: Pick<RunConfig, 'objective' | 'latents'>): Column[] {
  return [
    ...leading.map(({ name, loss, ofDiscriminator }) => ({
      name,
      measured: objective === 'factorVae' || !ofDiscriminator,
      loss,
    })),
    ...Array.from({ length: latents }, (_, latent) => ({
      name: `klLatent${latent}`,
      measured: true,
      loss: null,
    })),
  ];
}

/** Where a column stands in a row, whatever the configuration. */
export function metricIndex(name: MetricName): number {
  return leading.findIndex((column) => column.name === name);
}
