import type { RunConfig } from '../../config/schema.ts';
import {
  type LayerSpec,
  layersOf,
  type Network,
  sizeOf,
  stride,
  tensorSpecs,
} from '../../model/parameters.ts';

/** What a run may take of a GPU's memory, what `keep` copies included, over the bytes of its tensors. */
export const memoryBound = 1.25;

/**
 * What a step cannot do without: parameters, their gradients and both moments, and what the layers put out: of one batch
 * through the VAE, of both through the discriminator, and the two batches themselves.
 */
export function tensorBytes(config: RunConfig): number {
  const { objective, batchSize, imageSize, channels } = config;
  const trained = (network: Network) => objective === 'factorVae' || network !== 'discriminator';
  let numbers = 2 * batchSize * imageSize * imageSize * channels;
  for (const { layer, shape } of tensorSpecs(config))
    numbers += (trained(layer.network) ? 4 : 1) * sizeOf(shape);
  for (const layer of layersOf(config))
    if (trained(layer.network))
      numbers += (layer.network === 'discriminator' ? 2 : 1) * batchSize * outputLength(layer);
  return 4 * numbers;
}

function outputLength({ kind, inputSize, outputs }: LayerSpec): number {
  if (kind === 'dense') return outputs;
  const side = kind === 'conv' ? inputSize / stride : inputSize * stride;
  return side * side * outputs;
}
