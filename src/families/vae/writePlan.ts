import type { RunConfig } from '../../config/schema.ts';
import { imagesOf } from '../../data/datasets.ts';
import { streams } from '../../data/random/philox.ts';
import type { DrawImages, DrawRandomness, Metric, Operation } from '../../plan/operations.ts';
import type { Plan } from '../../plan/program.ts';
import { rowsOf } from '../../plan/slots.ts';
import { staged } from '../../plan/stages.ts';
import { PlanWriter } from '../../plan/writer.ts';
import { usesSecondBatch } from './inputs.ts';
import { type Network, vaeLayers } from './networks.ts';

/** The live values of a plan. */
export const liveNames = ['gamma', 'beta', 'vaeLearningRate', 'discriminatorLearningRate'] as const;

/**
 * FactorVAE's step (Kim & Mnih 2018, Algorithm 2) in the plan's words; beta-VAE's is its first half, without the
 * discriminator. Its slots batch1, batch2, noise1, noise2 and permutation are what a step draws.
 */
export function writePlan(config: RunConfig): Plan {
  const { objective, batchSize: rows, latents, imageSize, channels, discriminatorWidth } = config;
  const all = vaeLayers(config);
  const layersIn = (network: Network) => all.filter((layer) => layer.network === network);
  const [encoder, decoder] = [layersIn('encoder'), layersIn('decoder')];
  const trainsDiscriminator = objective === 'factorVae';
  const discriminator = trainsDiscriminator ? layersIn('discriminator') : [];
  const groups = trainsDiscriminator ? 2 : 1;

  const w = new PlanWriter();
  const image = { rows, dims: [imageSize, imageSize, channels], label: 'a batch of images' };
  const code = { rows, dims: [latents] };
  const batch1 = w.slot('images', 'batch1', image);
  // Encoding uses it too.
  const batch2 = w.slot('images', 'batch2', image);
  w.outputs([...encoder, ...decoder], rows);
  w.outputs(discriminator, rows, 2);
  // Of batch 1 and, behind them, of the second half that the discriminator sees, permuted.
  const codes = w.slot('codes', 'codes', { ...code, groups });
  const noise1 = w.slot('noise', 'noise1', code);
  const decoderCodeGradient = w.slot('gradient', 'gradient of codes by the decoder', code);
  const divergence = w.slot('divergence', 'divergence', code);
  const reconstruction = w.slot('sum', 'reconstruction', { rows, dims: image.dims });
  const [posterior, logits] = [w.output(last(encoder)), w.output(last(decoder))];

  const batches: DrawImages['batches'][number][] = [{ stream: streams.batch1, batch: batch1 }];
  const normals: DrawRandomness['normals'][number][] = [{ stream: streams.noise1, noise: noise1 }];
  const permutations: DrawRandomness['permutations'][number][] = [];
  const codeGradients = [decoderCodeGradient];
  const correlation: Operation[] = [];
  const permuting: Operation[] = [];
  const discriminatorLoss: Operation[] = [];
  const discriminatorUpdate: Operation[] = [];
  let measured: readonly Metric[] = [{ kind: 'missing' }, { kind: 'missing' }, { kind: 'missing' }];

  if (trainsDiscriminator) {
    const permutation = w.slot('permutation', 'permutation', { rows: latents, dims: [rows] });
    const terms = w.slot('terms', 'terms of the discriminator', { rows, groups: 2, dims: [4] });
    permutations.push({ stream: streams.permutation, permutation });

    // The discriminator on z of batch 1, and gamma times TC's gradient by z; its weights are only read. Where z
    // itself is permuted, one pass takes both.
    if (usesSecondBatch(config)) correlation.push(...w.forward(discriminator, rowsOf(codes, 0), 0));
    else
      correlation.push(
        { kind: 'permuteCodes', permutation, codes },
        ...w.forward(discriminator, rowsOf(codes)),
      );
    const hidden = discriminator.slice(0, -1);
    const gradient = (name: string) => w.slot('gradient', name, { rows, dims: [discriminatorWidth] });
    let from = gradient('gradient of the total correlation');
    let to = hidden.length > 1 ? gradient('gradient of the total correlation, by turns') : from;
    correlation.push({
      kind: 'logitDifferenceGradient',
      layer: last(discriminator),
      weight: 'gamma',
      hidden: rowsOf(w.output(last(hidden)), 0),
      activation: last(hidden).activation,
      result: from,
    });
    for (let i = hidden.length - 1; i > 0; i--) {
      const { activation } = hidden[i - 1];
      correlation.push({
        kind: 'gradientByInput',
        layer: hidden[i],
        gradient: rowsOf(from),
        through: { activation, output: rowsOf(w.output(hidden[i - 1]), 0) },
        result: rowsOf(to),
      });
      [from, to] = [to, from];
    }
    const correlationCodeGradient = w.slot('gradient', 'gradient of codes by the total correlation', code);
    codeGradients.push(correlationCodeGradient);
    const result = rowsOf(correlationCodeGradient);
    correlation.push({
      kind: 'gradientByInput',
      layer: hidden[0],
      gradient: rowsOf(from),
      through: null,
      result,
    });

    // Permuted codes, and the discriminator's own update on both halves.
    if (usesSecondBatch(config)) {
      const noise2 = w.slot('noise', 'noise2', code);
      batches.push({ stream: streams.batch2, batch: batch2 });
      normals.push({ stream: streams.noise2, noise: noise2 });
      permuting.push(
        ...w.forward(encoder, rowsOf(batch2)),
        { kind: 'sampleAndPermute', posterior, noise: noise2, permutation, codes: rowsOf(codes, 1) },
        ...w.forward(discriminator, rowsOf(codes, 1), 1),
      );
    }
    discriminatorLoss.push({ kind: 'discriminatorLoss', logits: w.output(last(discriminator)), terms });
    discriminatorUpdate.push(
      ...w.backward(discriminator, rowsOf(codes), rowsOf(w.output(last(discriminator)))),
      { kind: 'adam', optimiser: 'discriminator' },
    );
    measured = [
      { kind: 'meanOfTerm', terms, term: 'difference', group: 0 },
      { kind: 'meanOfTerm', terms, term: 'loss', group: 'all' },
      { kind: 'meanOfTerm', terms, term: 'right', group: 'all' },
    ];
  }

  const backward: Operation[] = [
    ...w.backward(decoder, rowsOf(codes, 0), rowsOf(logits), { inputGradient: rowsOf(decoderCodeGradient) }),
    { kind: 'reparameteriseGradient', noise: noise1, codeGradients, klWeight: 'beta', posterior },
    ...w.backward(encoder, rowsOf(batch1), rowsOf(posterior)),
  ];
  const columns: readonly Metric[] = [
    { kind: 'meanOfSum', sum: reconstruction, batch: rows },
    { kind: 'divergence', divergence },
    ...measured,
    { kind: 'live', name: 'gamma' },
    { kind: 'live', name: 'beta' },
    { kind: 'divergencePerLatent', divergence },
  ];
  const images = imagesOf(config);
  return w.plan({
    layers: all,
    optimisers: [
      { name: 'vae', layers: [...encoder, ...decoder], betas: config.adamBetas },
      ...(trainsDiscriminator
        ? [{ name: 'discriminator', layers: discriminator, betas: config.discriminatorAdamBetas }]
        : []),
    ],
    live: liveNames,
    step: [
      {
        name: 'step',
        repeats: 1,
        draw: [
          { kind: 'drawImages', images, batches },
          { kind: 'drawRandomness', normals, permutations },
        ],
        ...staged([
          ['encode', w.forward(encoder, rowsOf(batch1))],
          [
            'sample',
            [{ kind: 'reparameterise', posterior, noise: noise1, codes: rowsOf(codes, 0), divergence }],
          ],
          ['decode', w.forward(decoder, rowsOf(codes, 0))],
          ['reconstruct', [{ kind: 'reconstructionLoss', images: batch1, logits, sum: reconstruction }]],
          ['correlate', correlation],
          ['backward', backward],
          ['updateVae', [{ kind: 'adam', optimiser: 'vae' }]],
          ['permute', permuting],
          // The row of metrics beside the last loss, so that an engine can do both at once.
          [
            trainsDiscriminator ? 'discriminate' : 'measure',
            [...discriminatorLoss, { kind: 'metrics', columns }],
          ],
          ['updateDiscriminator', discriminatorUpdate],
        ]),
      },
    ],
    encode: {
      operations: w.forward(encoder, rowsOf(batch2)),
      images: batch2,
      posterior,
      latents,
      variances: 'learned',
    },
    decode: {
      operations: [
        ...w.forward(decoder, rowsOf(codes, 0)),
        { kind: 'pixelProbabilities', logits, images: null },
      ],
      codes,
      rest: [],
      pixels: logits,
    },
    discriminate: trainsDiscriminator
      ? {
          operations: w.forward(discriminator, rowsOf(codes, 0), 0),
          codes,
          logits: w.output(last(discriminator)),
        }
      : null,
  });
}

function last<Item>(items: readonly Item[]): Item {
  return items[items.length - 1];
}
