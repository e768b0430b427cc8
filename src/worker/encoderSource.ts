import { factorSizes, type Images } from '../data/dataset.ts';
import { imagesOf } from '../data/datasets.ts';
import type { PosteriorSource, Posteriors } from '../metrics/codeSource.ts';
import type { Trainer } from '../trainer/trainer.ts';

/** Images that a GPU encodes in one turn, some milliseconds of its time; and a driver on the processor. */
const imagesAtOnce = { gpu: 1024, software: 256 };
/** Where calls compute at once, so many as take about as long as a block of training. */
const turnMs = 40;
const fewestImages = 16;

/**
 * The frozen encoder of a run, as the measures see it: draws the images they ask for and encodes them, in turns between
 * which training goes on.
 */
export class EncoderSource implements PosteriorSource {
  readonly latents: number;
  /** Images encoded so far. */
  images = 0;
  readonly #trainer: Trainer;
  readonly #source: Images;
  readonly #turn: (task: () => Promise<void>) => Promise<void>;
  readonly #adapts: boolean;
  #imagesPerTurn: number;

  /** `turn` runs a task when it is this one's turn to use the trainer. */
  constructor(trainer: Trainer, turn: (task: () => Promise<void>) => Promise<void>) {
    this.latents = trainer.config.latents;
    this.#trainer = trainer;
    this.#source = imagesOf(trainer.config);
    this.#turn = turn;
    const { backend, software } = trainer.backend;
    // Elsewhere a call's time is mostly that of the training before it, and says nothing.
    this.#adapts = backend === 'wasm' || backend === 'cpu';
    const fixed = software ? imagesAtOnce.software : imagesAtOnce.gpu;
    this.#imagesPerTurn = this.#adapts ? fewestImages : fixed;
  }

  get factorSizes(): readonly number[] {
    return factorSizes(this.#source.factors);
  }

  async means(factors: Int32Array): Promise<Float32Array> {
    return (await this.posteriors(factors)).mean;
  }

  async posteriors(factors: Int32Array): Promise<Posteriors> {
    const width = this.factorSizes.length;
    const count = factors.length / width;
    const mean = new Float32Array(count * this.latents);
    const logVariance = new Float32Array(count * this.latents);
    for (let first = 0; first < count; )
      await this.#turn(async () => {
        const last = Math.min(count, first + this.#imagesPerTurn);
        const start = performance.now();
        const codes = await this.#trainer.encodeFrozen(
          this.#draw(factors.subarray(first * width, last * width)),
        );
        if (this.#adapts) this.#adapt((performance.now() - start) / (last - first), last - first);
        mean.set(codes.mean, first * this.latents);
        logVariance.set(codes.logVariance, first * this.latents);
        this.images += last - first;
        first = last;
      });
    return { mean, logVariance };
  }

  /** Images of these factors, [count, factors], as the trainer takes them. */
  #draw(factors: Int32Array): Float32Array {
    const width = this.factorSizes.length;
    const { imageLength } = this.#source;
    const images = new Float32Array((factors.length / width) * imageLength);
    for (let i = 0; i * width < factors.length; i++)
      this.#source.draw([...factors.subarray(i * width, (i + 1) * width)], images, i * imageLength);
    return images;
  }

  #adapt(msPerImage: number, tried: number): void {
    // At most doubled: few images say little about many.
    const wanted = Math.min(2 * tried, Math.floor(turnMs / msPerImage));
    this.#imagesPerTurn = Math.max(fewestImages, Math.min(imagesAtOnce.gpu, wanted));
  }
}
