import type { RunConfig } from '../../config/schema.ts';
import { type Activation, type LayerSpec, stride } from '../../model/layers.ts';

export type Network = 'encoder' | 'decoder' | 'discriminator';

type NetworkLayer = LayerSpec<Network>;

/** The layers of the three networks of Kim & Mnih 2018, appendix A, in the order in which data flows through each. */
export function vaeLayers(config: RunConfig): NetworkLayer[] {
  const { convWidths, denseWidth, latents, channels, imageSize } = config;
  const smallest = imageSize / stride ** convWidths.length;
  const deepest = convWidths[convWidths.length - 1];
  const flat = deepest * smallest * smallest;
  const picture = { size: smallest, channels: deepest };

  const dense = (
    network: Network,
    name: string,
    inputs: number,
    outputs: number,
    activation: Activation,
  ): NetworkLayer => ({
    network,
    name,
    kind: 'dense',
    inputs,
    outputs,
    activation,
    heads: 1,
    inputSize: 0,
  });
  const encoder: NetworkLayer[] = convWidths.map((outputs, i) => ({
    network: 'encoder',
    name: `conv${i}`,
    kind: 'conv',
    inputs: i === 0 ? channels : convWidths[i - 1],
    outputs,
    activation: 'relu',
    heads: 1,
    inputSize: imageSize / stride ** i,
    ...(i === 0 ? { image: 'inputs' } : {}),
  }));
  encoder.push(
    { ...dense('encoder', 'dense', flat, denseWidth, 'relu'), flattened: { side: 'inputs', ...picture } },
    // Means, then log variances.
    { ...dense('encoder', 'latent', denseWidth, 2 * latents, 'none'), heads: 2 },
  );

  const decoderWidths = [...convWidths.slice(0, -1).reverse(), channels];
  const decoder: NetworkLayer[] = [
    dense('decoder', 'dense0', latents, denseWidth, 'relu'),
    { ...dense('decoder', 'dense1', denseWidth, flat, 'relu'), flattened: { side: 'outputs', ...picture } },
    ...decoderWidths.map((outputs, i): NetworkLayer => {
      const isLast = i === decoderWidths.length - 1;
      return {
        network: 'decoder',
        name: `deconv${i}`,
        kind: 'deconv',
        inputs: i === 0 ? deepest : decoderWidths[i - 1],
        outputs,
        activation: isLast ? 'none' : 'relu',
        heads: 1,
        inputSize: smallest * stride ** i,
        ...(isLast ? { image: 'outputs' } : {}),
      };
    }),
  ];

  const { discriminatorWidth, discriminatorDepth } = config;
  const discriminator = Array.from({ length: discriminatorDepth }, (_, i) =>
    dense(
      'discriminator',
      `dense${i}`,
      i === 0 ? latents : discriminatorWidth,
      discriminatorWidth,
      'leakyRelu',
    ),
  );
  discriminator.push(dense('discriminator', 'logits', discriminatorWidth, 2, 'none'));
  return [...encoder, ...decoder, ...discriminator];
}
