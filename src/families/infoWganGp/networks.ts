import { type Activation, type LayerSpec, stride } from '../../model/layers.ts';
import { inputLength } from '../../plan/operations.ts';
import type { InfoWganGpConfig } from './config.ts';

type Sizes = Pick<InfoWganGpConfig, 'images' | 'convWidths' | 'denseWidth' | 'input'>;

/** The layers of both players, in the order in which data flows through each. */
export interface InfoWganGpLayers {
  readonly generator: readonly LayerSpec[];
  /** Of the critic, what value and Q share. */
  readonly trunk: readonly LayerSpec[];
  /** The critic's score of an image, one number. */
  readonly value: LayerSpec;
  /** Q: means of the codes, then logits of the categories. */
  readonly inference: readonly LayerSpec[];
}

/**
 * The shapes of github.com/fjxmlzn/InfoGAN-CR (InfoGAN-CR_dSprites), with leaky ReLU everywhere and without batch
 * norm. Q reads the critic's trunk, as theirs does. A gradient penalty for each image rules out batch norm in the
 * critic; github.com/singnet/semantic-vision's InfoWGAN-GP leaves it out in both players.
 */
export function infoWganGpLayers(config: Sizes): InfoWganGpLayers {
  const { convWidths, denseWidth, input } = config;
  const { imageSize, channels } = config.images;
  const smallest = imageSize / stride ** convWidths.length;
  const deepest = convWidths[convWidths.length - 1];
  const flat = deepest * smallest * smallest;
  const picture = { size: smallest, channels: deepest };
  const dense = (
    network: string,
    name: string,
    inputs: number,
    outputs: number,
    activation: Activation = 'leakyRelu',
  ): LayerSpec => ({ network, name, kind: 'dense', inputs, outputs, activation, heads: 1, inputSize: 0 });

  const widths = [...convWidths.slice(0, -1).reverse(), channels];
  const generator: LayerSpec[] = [
    dense('generator', 'dense0', inputLength(input), denseWidth),
    { ...dense('generator', 'dense1', denseWidth, flat), flattened: { side: 'outputs', ...picture } },
    ...widths.map((outputs, i): LayerSpec => {
      const isLast = i === widths.length - 1;
      return {
        network: 'generator',
        name: `deconv${i}`,
        kind: 'deconv',
        inputs: i === 0 ? deepest : widths[i - 1],
        outputs,
        activation: isLast ? 'none' : 'leakyRelu',
        heads: 1,
        inputSize: smallest * stride ** i,
        ...(isLast ? { image: 'outputs' } : {}),
      };
    }),
  ];
  const trunk: LayerSpec[] = convWidths.map((outputs, i) => ({
    network: 'critic',
    name: `conv${i}`,
    kind: 'conv',
    inputs: i === 0 ? channels : convWidths[i - 1],
    outputs,
    activation: 'leakyRelu',
    heads: 1,
    inputSize: imageSize / stride ** i,
    ...(i === 0 ? { image: 'inputs' } : {}),
  }));
  trunk.push({ ...dense('critic', 'dense', flat, denseWidth), flattened: { side: 'inputs', ...picture } });
  return {
    generator,
    trunk,
    value: dense('critic', 'value', denseWidth, 1, 'none'),
    inference: [
      dense('critic', 'q0', denseWidth, denseWidth),
      dense('critic', 'q1', denseWidth, input.codes + input.categories, 'none'),
    ],
  };
}
