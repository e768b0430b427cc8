import { streams } from '../../data/random/philox.ts';
import type { Column } from '../../model/columns.ts';
import type { LayerSpec } from '../../model/layers.ts';
import type { Model } from '../../plan/model.ts';
import type { Operation } from '../../plan/operations.ts';
import type { Optimiser, Plan } from '../../plan/program.ts';
import { rowsOf, type Slot } from '../../plan/slots.ts';
import { staged } from '../../plan/stages.ts';
import { PlanWriter } from '../../plan/writer.ts';
import { NoiseImages } from './images.ts';

/**
 * A family for tests alone, with what FactorVAE has not: a judge with two heads on one trunk, trained three times a step,
 * on whose activations and the VAE's nothing is written; images without factors; no way to decode.
 */
export interface TwoHeadsConfig {
  readonly seed: number;
  readonly batch: number;
  readonly latents: number;
  readonly width: number;
}

export interface TwoHeadsLive {
  readonly beta: number;
  readonly rate: number;
}

export type TwoHeadsModel = Model<TwoHeadsConfig, TwoHeadsLive>;

export const judgeRepeats = 3;
const columnNames = ['reconstruction', 'kl', 'lossOfA', 'rightOfB', 'beta', 'kl0', 'kl1', 'kl2'];
export const twoHeadsColumns = columnNames.map((name): Column => ({ name, measured: true, loss: null }));

type Shape = Pick<LayerSpec, 'network' | 'name' | 'kind' | 'inputs' | 'outputs' | 'activation'>;

export function layersOf({ latents, width }: TwoHeadsConfig) {
  const layer = (shape: Shape, rest: Partial<LayerSpec> = {}): LayerSpec => ({
    heads: 1,
    inputSize: 0,
    ...shape,
    ...rest,
  });
  const dense = (
    network: string,
    name: string,
    inputs: number,
    outputs: number,
    activation: Shape['activation'],
  ) => ({ network, name, kind: 'dense', inputs, outputs, activation }) as const;
  const picture = { size: 4, channels: 5 };
  const flat = 4 * 4 * 5;
  const encoder = [
    layer(
      { network: 'encoder', name: 'conv0', kind: 'conv', inputs: 3, outputs: 5, activation: 'relu' },
      { inputSize: 8, image: 'inputs' },
    ),
    layer(dense('encoder', 'dense', flat, width, 'leakyRelu'), { flattened: { side: 'inputs', ...picture } }),
    layer(dense('encoder', 'posterior', width, 2 * latents, 'none'), { heads: 2 }),
  ];
  const decoder = [
    layer(dense('decoder', 'dense', latents, flat, 'relu'), { flattened: { side: 'outputs', ...picture } }),
    layer(
      { network: 'decoder', name: 'deconv0', kind: 'deconv', inputs: 5, outputs: 3, activation: 'none' },
      { inputSize: 4, image: 'outputs' },
    ),
  ];
  const trunk = layer(dense('judge', 'trunk', latents, width, 'leakyRelu'));
  const heads = ['a', 'b'].map((name) => layer(dense('judge', name, width, 2, 'none')));
  return { encoder, decoder, trunk, heads };
}

export function twoHeadsModel(config: TwoHeadsConfig): TwoHeadsModel {
  const plan = writePlan(config);
  return {
    config,
    seed: config.seed,
    live: { beta: 2, rate: 2e-3 },
    layers: plan.layers,
    columns: twoHeadsColumns,
    can: { encode: true, reconstruct: false, traverse: false, reach: 3, generate: null, discriminate: true },
    plan,
    valuesAt: ({ beta, rate }, step) => ({
      beta: beta / (1 + step),
      vaeLearningRate: rate,
      judgeLearningRate: 2 * rate,
    }),
  };
}

function writePlan(config: TwoHeadsConfig): Plan {
  const { batch: rows, latents, width } = config;
  const { encoder, decoder, trunk, heads } = layersOf(config);
  const images = new NoiseImages();
  const w = new PlanWriter();
  const image = { rows, dims: [images.size, images.size, images.channels] };
  const code = { rows, dims: [latents] };
  const [seen, judged] = [w.slot('images', 'seen', image), w.slot('images', 'judged', image)];
  const [noise, judgedNoise] = [w.slot('noise', 'noise', code), w.slot('noise', 'judgedNoise', code)];
  const permutation = w.slot('permutation', 'permutation', { rows: latents, dims: [rows] });
  const codes = w.slot('codes', 'codes', { ...code, groups: 2 });
  const divergence = w.slot('divergence', 'divergence', code);
  const reconstruction = w.slot('sum', 'reconstruction', image);
  const codeGradient = w.slot('gradient', 'gradient of codes', code);
  w.outputs([...encoder, ...decoder], rows);
  w.outputs([trunk, ...heads], rows, 2);
  const [posterior, logits] = [w.output(encoder[2]), w.output(decoder[1])];
  const wide = { rows, groups: 2, dims: [width] };
  const trunkGradient = w.slot('gradient', 'gradient of the trunk', wide);
  const ends = heads.map((layer) => ({
    layer,
    output: w.output(layer),
    gradient: w.slot('gradient', `gradient from ${layer.name}`, wide),
    terms: w.slot('terms', `terms of ${layer.name}`, { rows, groups: 2, dims: [4] }),
  }));
  const sample = (from: Slot<'noise'>): Operation => ({
    kind: 'reparameterise',
    posterior,
    noise: from,
    codes: rowsOf(codes, 0),
    divergence,
  });

  const judge: Operation[] = [
    ...w.forward(encoder, rowsOf(judged)),
    sample(judgedNoise),
    { kind: 'permuteCodes', permutation, codes },
    ...w.forward([trunk], rowsOf(codes)),
    ...ends.flatMap(({ layer, output, gradient, terms }): Operation[] => [
      ...w.forward([layer], rowsOf(w.output(trunk))),
      { kind: 'discriminatorLoss', logits: output, terms },
      ...w.backward([layer], rowsOf(w.output(trunk)), rowsOf(output), { inputGradient: rowsOf(gradient) }),
    ]),
    {
      kind: 'sumGradients',
      terms: ends.map(({ gradient }) => rowsOf(gradient)),
      through: { activation: trunk.activation, output: rowsOf(w.output(trunk)) },
      result: rowsOf(trunkGradient),
    },
    ...w.backward([trunk], rowsOf(codes), rowsOf(trunkGradient)),
    { kind: 'adam', optimiser: 'judge' },
  ];
  const vae: Operation[] = [
    ...w.forward(encoder, rowsOf(seen)),
    sample(noise),
    ...w.forward(decoder, rowsOf(codes, 0)),
    { kind: 'reconstructionLoss', images: seen, logits, sum: reconstruction },
    ...w.backward(decoder, rowsOf(codes, 0), rowsOf(logits), {
      inputGradient: rowsOf(codeGradient),
      keep: true,
    }),
    { kind: 'reparameteriseGradient', noise, codeGradients: [codeGradient], klWeight: 'beta', posterior },
    ...w.backward(encoder, rowsOf(seen), rowsOf(posterior), { keep: true }),
    { kind: 'adam', optimiser: 'vae' },
    {
      kind: 'metrics',
      columns: [
        { kind: 'meanOfSum', sum: reconstruction, batch: rows },
        { kind: 'divergence', divergence },
        { kind: 'meanOfTerm', terms: ends[0].terms, term: 'loss', group: 'all' },
        { kind: 'meanOfTerm', terms: ends[1].terms, term: 'right', group: 0 },
        { kind: 'live', name: 'beta' },
        { kind: 'divergencePerLatent', divergence },
      ],
    },
  ];
  const optimisers: Optimiser[] = [
    { name: 'vae', layers: [...encoder, ...decoder], betas: [0.9, 0.99] },
    { name: 'judge', layers: [trunk, ...heads], betas: [0.5, 0.9] },
  ];
  return w.plan({
    layers: optimisers.flatMap(({ layers }) => layers),
    optimisers,
    live: ['beta'],
    step: [
      {
        name: 'judge',
        repeats: judgeRepeats,
        draw: [
          { kind: 'drawImages', images, batches: [{ stream: streams.batch2, batch: judged }] },
          {
            kind: 'drawRandomness',
            normals: [{ stream: streams.noise2, noise: judgedNoise }],
            permutations: [{ stream: streams.permutation, permutation }],
          },
        ],
        ...staged([['discriminate', judge]]),
      },
      {
        name: 'vae',
        repeats: 1,
        draw: [
          { kind: 'drawImages', images, batches: [{ stream: streams.batch1, batch: seen }] },
          { kind: 'drawRandomness', normals: [{ stream: streams.noise1, noise }], permutations: [] },
        ],
        ...staged([
          ['encode', vae.slice(0, 4)],
          ['backward', vae.slice(4)],
        ]),
      },
    ],
    encode: {
      operations: w.forward(encoder, rowsOf(seen)),
      images: seen,
      posterior,
      latents,
      variances: 'learned',
    },
    decode: null,
    discriminate: {
      operations: w.forward([trunk, heads[0]], rowsOf(codes, 0), 0),
      codes,
      logits: w.output(heads[0]),
    },
  });
}
