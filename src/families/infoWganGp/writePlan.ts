import { imagesOf } from '../../data/datasets.ts';
import { streams } from '../../data/random/philox.ts';
import { inputLength, type Operation } from '../../plan/operations.ts';
import type { Plan } from '../../plan/program.ts';
import { type Rows, rowsOf, type Slot } from '../../plan/slots.ts';
import { staged } from '../../plan/stages.ts';
import { PlanWriter } from '../../plan/writer.ts';
import type { InfoWganGpConfig } from './config.ts';
import { infoWganGpLayers } from './networks.ts';

/** Groups of the images that the critic sees. */
const [real, fake, mixed] = [0, 1, 2];

/**
 * An iteration of InfoWGAN-GP in the plan's words. A critic step has one batch of three groups: real images,
 * generated ones, and mixes of both, at which the gradient of the score is penalised. The critic is piecewise
 * linear, so that gradient is piecewise constant, and the penalty needs no second derivative. The change that the
 * penalty asks for is pushed forward through the layers (`tangent`), in place of the mixes' outputs. Then every
 * weight gets one gradient from all three groups, of what came in and what came back.
 */
export function writePlan(config: InfoWganGpConfig): Plan {
  const { batchSize: rows, denseWidth, input: of } = config;
  const { imageSize, channels } = config.images;
  const { generator, trunk, value, inference } = infoWganGpLayers(config);
  const critic = [...trunk, value, ...inference];
  const hidden = last(trunk);

  const w = new PlanWriter();
  const picture = { rows, dims: [imageSize, imageSize, channels] };
  const images = w.slot('images', 'images', {
    ...picture,
    groups: 3,
    label: 'the images that the critic sees',
  });
  const criticInput = w.slot('codes', 'criticInput', { rows, dims: [inputLength(of)] });
  const generatorInput = w.slot('codes', 'generatorInput', { rows, dims: [inputLength(of)] });
  const mix = w.slot('noise', 'mix', { rows, dims: [1] });
  w.outputs([...generator, ...inference], rows);
  w.outputs([...trunk, value], rows, 3);
  const terms = (name: string) => w.slot('terms', name, { rows, dims: [4] });
  const [scoreTerms, penaltyTerms, informationTerms] = ['score', 'penalty', 'information'].map(terms);
  const [generatedTerms, generatedInformation] = ['generated score', 'generated information'].map(terms);
  const errors = w.slot('divergence', 'errors of codes', { rows, dims: [of.codes] });
  const imageGradient = w.slot('gradient', 'gradient of images', { ...picture, image: true });
  const wide = { rows, groups: 3, dims: [denseWidth] };
  const byValue = w.slot('gradient', 'gradient of the trunk by the score', wide);
  // Q sees generated images alone, so only their group is ever written; the others stay 0.
  const byInference = w.slot('gradient', 'gradient of the trunk by Q', wide);

  const [logits, scores, inferences] = [last(generator), value, last(inference)].map((layer) =>
    w.output(layer),
  );
  const trunkOutput = w.output(hidden);
  const generate = (input: Slot<'codes'>): Operation[] => [
    ...w.forward(generator, rowsOf(input)),
    { kind: 'pixelProbabilities', logits, images: rowsOf(images, fake) },
  ];
  const infer = w.forward(inference, rowsOf(trunkOutput, fake));
  const informationLoss = (inputs: Slot<'codes'>, to: Slot<'terms'>): Operation => {
    const weight = 'informationWeight';
    return { kind: 'informationLoss', inference: inferences, inputs, of, weight, terms: to, errors };
  };
  const backFromInference = (frozen: boolean): Operation[] =>
    w.backward(inference, rowsOf(trunkOutput, fake), rowsOf(inferences), {
      inputGradient: rowsOf(byInference, fake),
      frozen,
    });
  /** From scores and inferences to the trunk's output, before its activation. */
  const joined = (group: 'all' | number, result: Rows<'output' | 'gradient'>): Operation[] => [
    ...w.backward([value], rowsOf(trunkOutput, group), rowsOf(scores, group), {
      inputGradient: rowsOf(byValue, group),
      frozen: true,
    }),
    {
      kind: 'sumGradients',
      terms: [rowsOf(byValue, group), rowsOf(byInference, group)],
      through: { activation: hidden.activation, output: rowsOf(trunkOutput, group) },
      result,
    },
  ];

  const below = (i: number) => (i === 0 ? rowsOf(images) : rowsOf(w.output(trunk[i - 1])));
  const criticScores: Operation[] = [
    ...w.forward([...trunk, value], rowsOf(images)),
    {
      kind: 'scoreLoss',
      scores: rowsOf(scores),
      groups: [
        { gradient: -1 / rows, factor: 1 },
        { gradient: 1 / rows, factor: -1 },
        // The gradient of the score itself: it is what the penalty measures.
        { gradient: 1, factor: 0 },
      ],
      terms: scoreTerms,
    },
  ];
  const criticInference = [...infer, informationLoss(criticInput, informationTerms)];
  const criticBackward: Operation[] = [
    ...backFromInference(false),
    ...joined('all', rowsOf(w.gradient(hidden))),
    ...w.backward(trunk, rowsOf(images), rowsOf(w.gradient(hidden)), { keep: true, frozen: true }),
    ...w.backward([trunk[0]], rowsOf(images, mixed), rowsOf(w.gradient(trunk[0]), mixed), {
      inputGradient: rowsOf(imageGradient),
      frozen: true,
    }),
  ];
  const penalty: Operation[] = [
    {
      kind: 'gradientPenalty',
      gradient: imageGradient,
      weight: 'penaltyWeight',
      tangent: rowsOf(images, mixed),
      terms: penaltyTerms,
    },
    ...trunk.map(
      (layer, i): Operation => ({
        kind: 'tangent',
        layer,
        input: { ...below(i), group: mixed },
        output: rowsOf(w.output(layer), mixed),
      }),
    ),
  ];
  const criticUpdate: Operation[] = [
    ...trunk.map(
      (layer, i): Operation => ({
        kind: 'gradientByParameters',
        layer,
        input: below(i),
        gradient: rowsOf(w.gradient(layer)),
        // A bias moves no gradient by an image, so the penalty has no part in it.
        bias: rowsOf(w.gradient(layer), 'butLast'),
      }),
    ),
    // Only differences of scores count, so the last bias does not.
    {
      kind: 'gradientByParameters',
      layer: value,
      input: rowsOf(trunkOutput),
      gradient: rowsOf(scores),
      bias: null,
    },
    { kind: 'adam', optimiser: 'critic' },
  ];

  const generatorScores: Operation[] = [
    ...w.forward([...trunk, value], rowsOf(images, fake), fake),
    {
      kind: 'scoreLoss',
      scores: rowsOf(scores, fake),
      groups: [{ gradient: -1 / rows, factor: 1 }],
      terms: generatedTerms,
    },
  ];
  const generatorInference = [...infer, informationLoss(generatorInput, generatedInformation)];
  const generatorBackward: Operation[] = [
    ...backFromInference(true),
    ...joined(fake, rowsOf(trunkOutput, fake)),
    ...w.backward(trunk, rowsOf(images, fake), rowsOf(trunkOutput, fake), {
      inputGradient: rowsOf(imageGradient),
      frozen: true,
    }),
    { kind: 'imageGradient', gradient: imageGradient, images: rowsOf(images, fake), logits },
    ...w.backward(generator, rowsOf(generatorInput), rowsOf(logits)),
  ];
  const measuring: Operation[] = [
    {
      kind: 'metrics',
      columns: [
        { kind: 'meanOfTerm', terms: scoreTerms, term: 'difference', group: 0 },
        { kind: 'meanOfTerm', terms: penaltyTerms, term: 'loss', group: 0 },
        { kind: 'meanOfTerm', terms: informationTerms, term: 'loss', group: 0 },
        { kind: 'meanOfTerm', terms: generatedTerms, term: 'difference', group: 0 },
        { kind: 'meanOfTerm', terms: generatedInformation, term: 'loss', group: 0 },
        { kind: 'live', name: 'penaltyWeight' },
        { kind: 'live', name: 'informationWeight' },
        { kind: 'divergencePerLatent', divergence: errors },
      ],
    },
  ];

  return w.plan({
    layers: [...generator, ...critic],
    optimisers: [
      { name: 'generator', layers: generator, betas: config.generatorAdamBetas },
      { name: 'critic', layers: critic, betas: config.criticAdamBetas },
    ],
    live: ['penaltyWeight', 'informationWeight'],
    step: [
      {
        name: 'critic',
        repeats: config.criticSteps,
        draw: [
          {
            kind: 'drawImages',
            images: imagesOf(config.images),
            batches: [{ stream: streams.batch1, batch: images }],
          },
          {
            kind: 'drawUniforms',
            reals: [{ stream: streams.mix, noise: mix }],
            inputs: [{ stream: streams.criticInput, codes: criticInput, of }],
          },
        ],
        ...staged([
          ['generate', [...generate(criticInput), { kind: 'mixImages', mix, images }]],
          ['score', criticScores],
          ['infer', criticInference],
          ['backward', criticBackward],
          ['penalise', penalty],
          ['updateCritic', criticUpdate],
        ]),
      },
      {
        name: 'generator',
        repeats: 1,
        draw: [
          {
            kind: 'drawUniforms',
            reals: [],
            inputs: [{ stream: streams.generatorInput, codes: generatorInput, of }],
          },
        ],
        ...staged([
          ['generate', generate(generatorInput)],
          ['score', generatorScores],
          ['infer', generatorInference],
          ['backward', generatorBackward],
          ['measure', measuring],
          ['updateGenerator', [{ kind: 'adam', optimiser: 'generator' }]],
        ]),
      },
    ],
    encode: {
      operations: [
        ...w.forward(trunk, rowsOf(images, real), real),
        ...w.forward(inference, rowsOf(trunkOutput, real)),
      ],
      images,
      posterior: inferences,
      latents: of.codes,
      variances: 'none',
    },
    decode: {
      operations: [
        ...w.forward(generator, rowsOf(generatorInput)),
        { kind: 'pixelProbabilities', logits, images: null },
      ],
      codes: generatorInput,
      // The first category, and noise of 0, its mean.
      rest: Array.from({ length: of.categories + of.noise }, (_, i) =>
        i === 0 && of.categories > 0 ? 1 : 0,
      ),
      pixels: logits,
    },
    discriminate: null,
  });
}

function last<Item>(items: readonly Item[]): Item {
  return items[items.length - 1];
}
