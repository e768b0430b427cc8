import { combinationCount, factorsAt } from '../data/factors.ts';
import { streams } from '../data/random/philox.ts';
import { activeLatents } from './activeLatents.ts';
import { requireFinite } from './codeSample.ts';
import type { PosteriorSource } from './codeSource.ts';
import { pickDistinct } from './draws.ts';
import { type Evaluation, type EvaluationBudget, evaluate } from './evaluate.ts';
import { gaussianTotalCorrelation } from './gaussianTotalCorrelation.ts';
import { minibatchTotalCorrelation, samplePosteriors } from './minibatchTotalCorrelation.ts';
import { tabulate } from './posteriorTable.ts';
import type { Work } from './work.ts';

/** What measuring a live model may spend. */
export interface ModelBudget extends EvaluationBudget {
  /** A grid of at most so many images is encoded whole, once; of a larger one every image asked for is encoded. */
  readonly tableImages: number;
  /** Images whose posteriors KL and total correlation are taken from. */
  readonly posteriorImages: number;
}

/** Total correlation of q(z), of samples of the posteriors, in nats. */
export interface TotalCorrelationEstimates {
  readonly gaussian: number;
  /** Minibatch sampling: see minibatchTotalCorrelation.ts; null where codes have no posterior. */
  readonly weighted: number | null;
  readonly stratified: number | null;
}

/** What is known of codes without any factors. */
export interface ModelEstimates {
  readonly totalCorrelation: TotalCorrelationEstimates;
  /** Which latents have not collapsed, [latents]. */
  readonly active: readonly boolean[];
}

/** Every measure of a live model. */
export interface ModelEvaluation extends Evaluation, ModelEstimates {}

const smallGrid = 20_000;
/** The work grows with their square. */
const posteriorImages = 1_000;
/** DCI's trees are most of the work. So few images leave disentanglement and completeness up to .1 too low. */
const dciImages = { trainImages: 1_000, testImages: 1_000 } as const;

/** Some seconds' work: the sources' own numbers where a table makes images cheap, fewer and smaller votes elsewhere. */
export function liveBudget(choices: readonly number[]): ModelBudget {
  const common = { tableImages: smallGrid, posteriorImages, dci: dciImages };
  return combinationCount(choices) <= smallGrid
    ? {
        ...common,
        sampleImages: smallGrid,
        factorVae: { imagesPerVote: 100, votes: 800, repeats: 1 },
        higgins: { pairs: 100, votes: 400 },
      }
    : {
        ...common,
        sampleImages: 5_000,
        factorVae: { imagesPerVote: 64, votes: 200, repeats: 1 },
        higgins: { pairs: 32, votes: 200 },
      };
}

interface Procedure {
  readonly seed: number;
  readonly budget: ModelBudget;
}

/**
 * Takes every measure of a model; each is the same for the same posteriors, seed and budget.
 * @throws AppError CodesNotFiniteError
 */
export async function evaluateModel(
  model: PosteriorSource,
  procedure: Procedure,
  work: Work,
): Promise<ModelEvaluation> {
  const { seed, budget } = procedure;
  const { choices } = model;
  const source =
    combinationCount(choices) <= budget.tableImages ? await tabulate(model, work.part(0, 0.4)) : model;
  const estimates = await estimateModel(source, procedure, work.part(0.4, 0.5));
  const scores = await evaluate(source, { seed, budget, active: estimates.active }, work.part(0.5, 1));
  return { ...scores, ...estimates };
}

/**
 * What needs no factors: total correlation by its estimates, and which latents have not collapsed.
 * @throws AppError CodesNotFiniteError
 */
export async function estimateModel(
  source: PosteriorSource,
  { seed, budget }: Procedure,
  work: Work,
): Promise<ModelEstimates> {
  const { choices, latents } = source;
  const { mean, logVariance } = await source.posteriors(distinctRows(choices, budget.posteriorImages, seed));
  requireFinite(mean);
  if (logVariance) requireFinite(logVariance);
  const { active } = activeLatents({ mean, logVariance }, latents);
  const sample = samplePosteriors(mean, logVariance, seed);
  const minibatch = logVariance
    ? await minibatchTotalCorrelation({ latents, mean, logVariance, sample }, combinationCount(choices), work)
    : { weighted: null, stratified: null };
  return { totalCorrelation: { gaussian: gaussianTotalCorrelation(sample, latents), ...minibatch }, active };
}

/** What names `count` different images, or all, [count, choices]. */
function distinctRows(choices: readonly number[], count: number, seed: number): Int32Array {
  const combinations = combinationCount(choices);
  const picked = pickDistinct(seed, streams.metricPosteriors, 0, Math.min(count, combinations), combinations);
  const rows = new Int32Array(picked.length * choices.length);
  picked.forEach((index, i) => {
    rows.set(factorsAt(index, choices), i * choices.length);
  });
  return rows;
}
