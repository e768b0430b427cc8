import { imagesOf } from '../data/datasets.ts';
import { streams } from '../data/random/philox.ts';
import { normals, permutations } from '../data/random/random.ts';
import type { Trainer } from '../engines/trainer.ts';
import { gaussianPairOpinions } from '../metrics/gaussianPair.ts';
import type { CodesFrame, LatentPair } from '../model/codesFrame.ts';

/** Codes to be seen, and those that every pair is tried on where there are many pairs. */
const shownCodes = 256;
const triedCodes = 4096;
const mostTried = 64;
const fewestTried = 8;
/** Another pair takes the place of the one shown only where it is told apart so much better, in nats. */
const ahead = 0.05;
const aheadBy = 1.25;

/** Whose opinion counts of two sets of codes: [count, latents] each. */
type Judge = (codes: Float32Array) => Promise<Float32Array>;

/**
 * The codes of fixed images, drawn from their posteriors with fixed noise, for a scatter of two latents. A discriminator
 * sees whole codes. So that it has nothing but the pair to go by, all other latents are shuffled, each on its own, in both
 * sets; they differ only in whether the second latent of the pair comes from the image that the first one comes from.
 */
export class CodesView {
  readonly #trainer: Trainer;
  readonly #latents: number;
  #images: Float32Array | null = null;
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
    const { seed } = this.#trainer.config;
    const { step } = this.#trainer;
    const { mean, logVariance } = await this.#trainer.encode(this.#drawn());
    const noise = normals(seed, streams.scatterNoise, 0, mean.length);
    const codes = mean.map((value, i) => value + Math.exp(logVariance[i] / 2) * noise[i]);
    const shuffles = permutations(seed, streams.scatterShuffle, 0, this.#latents, shownCodes);
    const shuffled = new Float32Array(codes.length);
    for (let latent = 0; latent < this.#latents; latent++)
      for (let i = 0; i < shownCodes; i++)
        shuffled[i * this.#latents + latent] =
          codes[shuffles[latent * shownCodes + i] * this.#latents + latent];
    /** The shuffled codes, the second latent taken from the image of the first. */
    const joined = ([first, second]: LatentPair, count: number): Float32Array => {
      const out = shuffled.slice(0, count * this.#latents);
      for (let i = 0; i < count; i++)
        out[i * this.#latents + second] = codes[shuffles[first * shownCodes + i] * this.#latents + second];
      return out;
    };
    const discriminates = this.#trainer.model.can.discriminate;
    const judgeOf = (pair: LatentPair): Judge =>
      discriminates
        ? (judged) => this.#trainer.discriminate(judged)
        : async (judged) =>
            gaussianPairOpinions(
              columnsOf(codes, this.#latents, pair),
              columnsOf(judged, this.#latents, pair),
            );
    if (wanted === 'best') {
      const tried = Math.max(
        fewestTried,
        Math.min(mostTried, Math.floor(triedCodes / pairCount(this.#latents))),
      );
      const apart = shuffled.slice(0, tried * this.#latents);
      const asApart = discriminates ? await this.#trainer.discriminate(apart) : null;
      const gaps: { readonly pair: LatentPair; readonly gap: number }[] = [];
      for (const pair of pairsOf(this.#latents)) {
        const judge = judgeOf(pair);
        const together = await judge(joined(pair, tried));
        gaps.push({ pair, gap: meanOf(together) - meanOf(asApart ?? (await judge(apart))) });
      }
      const greatest = gaps.reduce((best, other) => (other.gap > best.gap ? other : best));
      const shown = gaps.find(({ pair }) => pair.join() === this.#best.join());
      if (!shown || greatest.gap > Math.max(shown.gap * aheadBy, shown.gap + ahead))
        this.#best = greatest.pair;
    }
    const pair = wanted === 'best' ? this.#best : wanted;
    const together = joined(pair, shownCodes);
    const judge = judgeOf(pair);
    const jointOpinions = Float32Array.from(await judge(together));
    const productOpinions = Float32Array.from(await judge(shuffled));
    const better = jointOpinions.reduce(
      (sum, opinion, i) => sum + (Math.sign(opinion - productOpinions[i]) + 1) / 2,
      0,
    );
    return {
      step,
      pair,
      joint: columnsOf(together, this.#latents, pair),
      product: columnsOf(shuffled, this.#latents, pair),
      judge: discriminates ? 'discriminator' : 'gaussian',
      jointOpinions,
      productOpinions,
      gap: meanOf(jointOpinions) - meanOf(productOpinions),
      right: better / shownCodes,
    };
  }

  /** The images, drawn when they are first asked for. */
  #drawn(): Float32Array {
    if (!this.#images) {
      const source = imagesOf(this.#trainer.config);
      this.#images = new Float32Array(shownCodes * source.imageLength);
      source.drawBatch(this.#trainer.config.seed, streams.scatterImages, 0, shownCodes, this.#images);
    }
    return this.#images;
  }
}

function pairCount(latents: number): number {
  return (latents * (latents - 1)) / 2;
}

function pairsOf(latents: number): LatentPair[] {
  return Array.from({ length: latents }, (_, first) =>
    Array.from({ length: latents - first - 1 }, (__, i): LatentPair => [first, first + 1 + i]),
  ).flat();
}

/** Two columns of codes [count, latents], [count, 2]. */
function columnsOf(codes: Float32Array, latents: number, pair: LatentPair): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: (2 * codes.length) / latents }, (_, at) => {
    return codes[Math.floor(at / 2) * latents + pair[at % 2]];
  });
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
