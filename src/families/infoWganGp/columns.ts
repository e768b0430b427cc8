import type { Column } from '../../model/columns.ts';
import { part } from '../../report.ts';
import type { InfoWganGpConfig } from './config.ts';

/**
 * All are means over the batch. Of an iteration's last critic step: the mean score of real images less that of
 * generated ones (the critic's estimate of the Wasserstein distance), the gradient penalty, and the information in
 * nats, which the reference has without the constant 0.919 a code. Of its generator step: the score of the
 * generated images, and the information. Then come the weights that the iteration used.
 */
const leading = [
  { name: 'criticGap', loss: part('loss.criticGap') },
  { name: 'penalty', loss: part('loss.penalty') },
  { name: 'criticInformation', loss: part('loss.information') },
  { name: 'generatorScore', loss: part('loss.generatorScore') },
  { name: 'generatorInformation', loss: part('loss.information') },
  { name: 'penaltyWeight', loss: null },
  { name: 'informationWeight', loss: null },
] as const;
export type InfoWganGpMetric = (typeof leading)[number]['name'];

/** Those above, then the squared error with which Q tells each code in the generator step: 1/3 is chance. */
export function infoWganGpColumns({ input }: Pick<InfoWganGpConfig, 'input'>): Column[] {
  const codeErrors = Array.from({ length: input.codes }, (_, code) => ({
    name: `codeError${code}`,
    loss: null,
  }));
  return [...leading, ...codeErrors].map((column) => ({ ...column, measured: true }));
}

/** Where a column stands in a row, whatever the configuration. */
export function infoWganGpIndex(name: InfoWganGpMetric): number {
  return leading.findIndex((column) => column.name === name);
}
