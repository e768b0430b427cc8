import { blockUntilReady, defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from '@jax-js/jax';
import { provideWebGpu } from '../cli/nodeTfjs.ts';
import type { DriverChoice } from '../cli/webgpuDriver.ts';
import type { RunConfig } from '../src/config/schema.ts';
import { imagesOf } from '../src/data/datasets.ts';
import { streams } from '../src/data/random/philox.ts';
import { normals, permutations } from '../src/data/random/random.ts';
import { adamRates } from '../src/engines/plan/adamRates.ts';
import { vaeLayers } from '../src/families/vae/networks.ts';
import { initialTensors } from '../src/model/initialise.ts';
import { leakySlope } from '../src/model/layers.ts';
import { tensorsOf } from '../src/model/parameters.ts';
import type { Peer } from './peer.ts';

/**
 * The same training step in jax-js, jitted once: its own gradients, kernels and fusion; channels first, as its
 * convolutions want. Its arrays count references: `.ref` where a value is used again.
 */

/** Weight and bias of each layer, one after the other. */
type Weights = np.Array[];

const convolution = {
  strides: [2, 2],
  padding: [
    [1, 1],
    [1, 1],
  ] as [number, number][],
};
/** A transposed convolution as one over an input with zeros between its pixels. */
const transposed = {
  padding: [
    [2, 2],
    [2, 2],
  ] as [number, number][],
  lhsDilation: [2, 2],
};

const bias = (b: np.Array) => np.reshape(b, [1, -1, 1, 1]);
const layer = (weights: Weights, i: number) => [weights[2 * i].ref, weights[2 * i + 1].ref] as const;
const dense = (x: np.Array, weights: Weights, i: number) => {
  const [w, b] = layer(weights, i);
  return np.add(np.matmul(x, np.transpose(w)), b);
};

function encode(config: RunConfig, weights: Weights, x: np.Array): [np.Array, np.Array] {
  const { convWidths, latents, batchSize } = config;
  let h = x;
  convWidths.forEach((_, i) => {
    const [w, b] = layer(weights, i);
    h = nn.relu(np.add(lax.convGeneralDilated(h, w, convolution.strides, convolution.padding), bias(b)));
  });
  h = nn.relu(dense(np.reshape(h, [batchSize, -1]), weights, convWidths.length));
  const out = dense(h, weights, convWidths.length + 1);
  return [out.ref.slice([], [0, latents]), out.slice([], [latents, 2 * latents])];
}

function decode(config: RunConfig, weights: Weights, z: np.Array): np.Array {
  const { convWidths, imageSize, batchSize } = config;
  const side = imageSize / 2 ** convWidths.length;
  let h = nn.relu(dense(z, weights, 0));
  h = nn.relu(dense(h, weights, 1));
  h = np.reshape(h, [batchSize, convWidths[convWidths.length - 1], side, side]);
  convWidths.forEach((_, i) => {
    const [w, b] = layer(weights, i + 2);
    const { padding, lhsDilation } = transposed;
    // The kernel is not mirrored, unlike PyTorch's: the work is the same.
    h = lax.convGeneralDilated(h, np.transpose(w, [1, 0, 2, 3]), [1, 1], padding, { lhsDilation });
    h = np.add(h, bias(b));
    if (i < convWidths.length - 1) h = nn.relu(h);
  });
  return h;
}

function discriminate(config: RunConfig, weights: Weights, z: np.Array): np.Array {
  let h = z;
  for (let i = 0; i < config.discriminatorDepth; i++) h = nn.leakyRelu(dense(h, weights, i), leakySlope);
  return dense(h, weights, config.discriminatorDepth);
}

const sample = (mean: np.Array, logVariance: np.Array, noise: np.Array) =>
  np.add(mean, np.multiply(np.exp(np.multiply(logVariance, 0.5)), noise));

/** logit 0 - logit 1. */
const difference = (logits: np.Array) => np.subtract(logits.ref.slice([], 0), logits.slice([], 1));

function vaeLoss(
  config: RunConfig,
  vae: Weights,
  discriminator: Weights,
  images: np.Array,
  noise: np.Array,
): [np.Array, np.Array] {
  const { batchSize, beta, gamma, convWidths } = config;
  const encoder = vae.slice(0, 2 * (convWidths.length + 2));
  const decoder = vae.slice(2 * (convWidths.length + 2));
  const [mean, logVariance] = encode(config, encoder, images.ref);
  const z = sample(mean.ref, logVariance.ref, noise);
  const logits = decode(config, decoder, z.ref);
  const crossEntropy = np.subtract(nn.softplus(logits.ref), np.multiply(logits, images));
  const spread = np.subtract(np.exp(logVariance.ref), np.add(logVariance, 1));
  const divergence = np.multiply(np.add(np.square(mean), spread), 0.5);
  const correlation = np.mean(difference(discriminate(config, discriminator, z.ref)));
  const perImage = np.add(np.sum(crossEntropy), np.multiply(np.sum(divergence), beta));
  const total = np.add(np.multiply(perImage, 1 / batchSize), np.multiply(correlation, gamma));
  return [total, z];
}

function discriminatorLoss(config: RunConfig, weights: Weights, z: np.Array, permuted: np.Array): np.Array {
  const real = difference(discriminate(config, weights, z));
  const fake = difference(discriminate(config, weights, permuted));
  const both = np.add(np.mean(nn.softplus(np.negative(real))), np.mean(nn.softplus(fake)));
  return np.multiply(both, 0.5);
}

/** Weights and moments of one network, and its update by Adam. */
interface Network3 {
  readonly weights: Weights;
  readonly first: Weights;
  readonly second: Weights;
}

function adam(
  { weights, first, second }: Network3,
  gradients: Weights,
  [beta1, beta2]: readonly [number, number],
  rate: np.Array,
  correction: np.Array,
): [Weights, Weights, Weights] {
  const m = first.map((value, i) =>
    np.add(np.multiply(value, beta1), np.multiply(gradients[i].ref, 1 - beta1)),
  );
  const v = second.map((value, i) =>
    np.add(np.multiply(value, beta2), np.multiply(np.square(gradients[i]), 1 - beta2)),
  );
  const p = weights.map((value, i) => {
    const root = np.add(np.multiply(np.sqrt(v[i].ref), correction.ref), 1e-8);
    return np.subtract(value, np.divide(np.multiply(m[i].ref, rate.ref), root));
  });
  return [p, m, v];
}

export async function createJaxPeer(config: RunConfig, driver: DriverChoice): Promise<Peer> {
  await provideWebGpu(driver);
  // It asks the browser's name, which Node 20 has none of.
  if (navigator.userAgent === undefined)
    Object.defineProperty(navigator, 'userAgent', { value: 'Node', configurable: true });
  await init('webgpu');
  defaultDevice('webgpu');

  const { batchSize, latents, imageSize, channels, adamBetas, discriminatorAdamBetas, seed } = config;
  const initial = initialTensors(vaeLayers(config), config.seed);
  const weightsOf = (...networks: string[]) =>
    tensorsOf(vaeLayers(config))
      .filter(({ layer: { network } }) => networks.includes(network))
      .map(({ name, shape }) => {
        const data = initial.get(name)?.data;
        if (!data) throw new RangeError(`no parameter is named ${name}`);
        return np.array(new Float32Array(data), { shape: [...shape] });
      });
  const start = (weights: Weights): [Weights, Weights, Weights] => [
    weights,
    weights.map((value) => np.zeros(value.shape)),
    weights.map((value) => np.zeros(value.shape)),
  ];

  const step = jit(
    (
      [vae, vaeFirst, vaeSecond]: [Weights, Weights, Weights],
      [disc, discFirst, discSecond]: [Weights, Weights, Weights],
      [images1, images2, noise1, noise2]: np.Array[],
      permutation: np.Array,
      [vaeRate, vaeCorrection, discRate, discCorrection]: np.Array[],
    ) => {
      const refs = (weights: Weights) => weights.map((value) => value.ref);
      const [[loss, z], gradients] = valueAndGrad(
        (weights: Weights) => vaeLoss(config, weights, refs(disc), images1.ref, noise1.ref),
        { hasAux: true },
      )(refs(vae));
      const vaeState = { weights: refs(vae), first: vaeFirst, second: vaeSecond };
      const updated = adam(vaeState, gradients, adamBetas, vaeRate, vaeCorrection);
      const encoder = refs(updated[0]).slice(0, 2 * (config.convWidths.length + 2));
      const [mean, logVariance] = encode(config, encoder, images2);
      const z2 = sample(mean, logVariance, noise2);
      const permuted = np.takeAlongAxis(z2, permutation, 0);
      const [discLoss, discGradients] = valueAndGrad((weights: Weights) =>
        discriminatorLoss(config, weights, z.ref, permuted.ref),
      )(refs(disc));
      const discState = { weights: refs(disc), first: discFirst, second: discSecond };
      const trained = adam(discState, discGradients, discriminatorAdamBetas, discRate, discCorrection);
      return [updated, trained, [loss, discLoss]] as [
        [Weights, Weights, Weights],
        [Weights, Weights, Weights],
        np.Array[],
      ];
    },
  );

  let vae = start(weightsOf('encoder', 'decoder'));
  let disc = start(weightsOf('discriminator'));
  const source = imagesOf(config);
  const pixels = new Float32Array(batchSize * source.imageLength);
  let done = 0;
  let losses: number[] = [];
  const images = (stream: 1 | 2) => {
    source.drawBatch(seed, stream, done, batchSize, pixels);
    // One channel, or three equal ones: the order does not matter to the work.
    return np.array(new Float32Array(pixels), { shape: [batchSize, channels, imageSize, imageSize] });
  };
  const noise = (stream: 3 | 4) =>
    np.array(normals(seed, stream, done, batchSize * latents), { shape: [batchSize, latents] });
  const scalar = (value: number) => np.array(new Float32Array([value]), { shape: [] });

  const trainOnce = async () => {
    const rows = permutations(seed, streams.permutation, done, latents, batchSize);
    const permutation = Int32Array.from(
      rows,
      (_, i) => rows[(i % latents) * batchSize + Math.floor(i / latents)],
    );
    done++;
    const vaeRates = adamRates(config.learningRate, adamBetas, done);
    const discRates = adamRates(config.discriminatorLearningRate, discriminatorAdamBetas, done);
    const [newVae, newDisc, numbers] = step(
      vae,
      disc,
      [images(streams.batch1), images(streams.batch2), noise(streams.noise1), noise(streams.noise2)],
      np.array(permutation, { shape: [batchSize, latents] }),
      [vaeRates.rate, vaeRates.correction, discRates.rate, discRates.correction].map(scalar),
    );
    vae = newVae;
    disc = newDisc;
    await blockUntilReady([...vae.flat(), ...disc.flat()]);
    losses = await Promise.all(numbers.map(async (value) => (await value.data())[0]));
  };
  return {
    name: 'jax',
    async train(steps) {
      for (let i = 0; i < steps; i++) await trainOnce();
    },
    figures: () => ({ vaeLoss: losses[0], discriminatorLoss: losses[1] }),
  };
}
