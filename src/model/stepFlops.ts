import { type RunConfig, usesSecondBatch } from '../config/schema.ts';
import { layerFlops } from './layers.ts';
import { layersOf } from './parameters.ts';

/**
 * Floating point operations that one training step cannot do without (matrix products only): the batches that it needs
 * through the encoder, one through the decoder, gradients of both; the discriminator forward on both halves, TC's gradient by z, and
 * its own gradients.
 */
export function stepFlops(config: RunConfig): number {
  const trainsDiscriminator = config.objective === 'factorVae';
  let flops = 0;
  for (const layer of layersOf(config)) {
    const once = config.batchSize * layerFlops(layer);
    const first = layer.name === 'conv0' || (layer.network === 'discriminator' && layer.name === 'dense0');
    if (layer.network === 'discriminator') {
      // Forward twice, TC's gradient by the input, and of both halves by weight and input.
      if (trainsDiscriminator) flops += once * (2 + 1 + 2 + (first ? 0 : 2));
    } else {
      const forward = layer.network === 'encoder' && usesSecondBatch(config) ? 2 : 1;
      flops += once * (forward + 1 + (first ? 0 : 1));
    }
  }
  return flops;
}
