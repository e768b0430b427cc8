import type { Trainer } from '../engines/trainer.ts';
import { gaussianPairOpinions } from '../metrics/gaussianPair.ts';
import type { CodesFrame, LatentPair } from '../model/codesFrame.ts';
import { ScatterDraws, type ScatterSample, sampleSize } from './scatterSample.ts';

/** Codes that all pairs together are tried on where there are many pairs, and those that one is tried on. */
const triedCodes = 4096;
const mostTried = 64;
const fewestTried = 8;
/** Another pair takes the place of the one shown only where it is told apart so much better, in nats. */
const ahead = 0.05;
const aheadBy = 1.25;

/**
 * The codes of fixed images, drawn from their posteriors with fixed noise, for a scatter of two latents. A
 * discriminator sees whole codes. So that it has nothing but the pair to go by, all other latents are shuffled,
 * each on its own, in both sets; they differ only in whether the second latent of the pair comes from the image
 * that the first one comes from.
 */
export class CodesView {
  readonly #trainer: Trainer;
  readonly #latents: number;
  #draws: ScatterDraws | null = null;
  /** The pair that was told apart best when last asked. */
  #best: LatentPair = [0, 1];

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
    this.#latents = trainer.config.latents;
  }

  /** Whether there is such a pair in this run. */
  has([first, second]: LatentPair): boolean {
    const isLatent = (latent: number) => Number.isInteger(latent) && latent >= 0 && latent < this.#latents;
    return isLatent(first) && isLatent(second) && first !== second;
  }

  /** The model must encode, and have two latents or more. `best`: the pair that is told apart best. */
  async draw(wanted: LatentPair | 'best'): Promise<CodesFrame> {
    const { step, model } = this.#trainer;
    this.#draws ??= new ScatterDraws(this.#trainer.config);
    const sample = this.#draws.sample(await this.#trainer.encode(this.#draws.images));
    if (wanted === 'best') this.#best = await this.#bestOf(sample);
    const pair = wanted === 'best' ? this.#best : wanted;
    const together = sample.joined(pair, sampleSize);
    const [joint, product] = [together, sample.shuffled].map((codes) => this.#columns(codes, pair));
    const [jointOpinions, productOpinions] = model.can.discriminate
      ? await this.#discriminate([together, sample.shuffled])
      : [gaussianPairOpinions(joint, joint), gaussianPairOpinions(joint, product)];
    const better = jointOpinions.reduce(
      (sum, opinion, i) => sum + (Math.sign(opinion - productOpinions[i]) + 1) / 2,
      0,
    );
    return {
      step,
      pair,
      joint,
      product,
      judge: model.can.discriminate ? 'discriminator' : 'gaussian',
      jointOpinions,
      productOpinions,
      gap: meanOf(jointOpinions) - meanOf(productOpinions),
      right: better / sampleSize,
    };
  }

  /** The pair that is told apart best; the last one stays until another is clearly ahead. */
  async #bestOf(sample: ScatterSample): Promise<LatentPair> {
    const pairs = pairsOf(this.#latents);
    const tried = Math.max(fewestTried, Math.min(mostTried, Math.floor(triedCodes / pairs.length)));
    const gaps = await this.#gaps(sample, pairs, tried);
    const best = gaps[pairs.findIndex((pair) => pair.join() === this.#best.join())];
    const greatest = gaps.reduce((most, gap, i) => (gap > gaps[most] ? i : most), 0);
    return gaps[greatest] > Math.max(best * aheadBy, best + ahead) ? pairs[greatest] : this.#best;
  }

  /** How far each pair is told apart, by so many codes of either kind. */
  async #gaps(sample: ScatterSample, pairs: readonly LatentPair[], count: number): Promise<number[]> {
    const apart = sample.shuffled.subarray(0, count * this.#latents);
    if (this.#trainer.model.can.discriminate) {
      const together = pairs.map((pair) => sample.joined(pair, count));
      const [product, ...joints] = await this.#discriminate([apart, ...together]);
      return joints.map((joint) => meanOf(joint) - meanOf(product));
    }
    return pairs.map((pair) => {
      const all = this.#columns(sample.joined(pair, sampleSize), pair);
      const joint = gaussianPairOpinions(all, all.subarray(0, 2 * count));
      return meanOf(joint) - meanOf(gaussianPairOpinions(all, this.#columns(apart, pair)));
    });
  }

  /** The discriminator's opinion of each code of several sets, in one call: on a GPU each call is waited for. */
  async #discriminate(sets: readonly Float32Array[]): Promise<Float32Array<ArrayBuffer>[]> {
    const opinions = await this.#trainer.discriminate(Float32Array.from(sets.flatMap((set) => [...set])));
    let at = 0;
    return sets.map(({ length }) => {
      const first = at;
      at += length / this.#latents;
      return Float32Array.from(opinions.subarray(first, at));
    });
  }

  /** Two columns of codes, [count, 2]. */
  #columns(codes: Float32Array, pair: LatentPair): Float32Array<ArrayBuffer> {
    return Float32Array.from({ length: (2 * codes.length) / this.#latents }, (_, at) => {
      return codes[Math.floor(at / 2) * this.#latents + pair[at % 2]];
    });
  }
}

function pairsOf(latents: number): LatentPair[] {
  return Array.from({ length: latents }, (_, first) =>
    Array.from({ length: latents - first - 1 }, (__, i): LatentPair => [first, first + 1 + i]),
  ).flat();
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
