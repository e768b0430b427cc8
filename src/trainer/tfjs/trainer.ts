import * as tf from '@tensorflow/tfjs-core';
import type { BackendInfo } from '../../config/backends.ts';
import { penaltiesAt } from '../../config/schedule.ts';
import { type LiveSettings, liveSettingsOf, type RunConfig, usesSecondBatch } from '../../config/schema.ts';
import { ImageSource } from '../../data/batch.ts';
import { streams } from '../../data/philox.ts';
import { normals, permutations } from '../../data/random.ts';
import { AppError } from '../../errors.ts';
import { initialParameters } from '../../model/initialise.ts';
import { metricIndex, metricWidth } from '../../model/metricsRow.ts';
import type { NamedTensors } from '../../model/parameters.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { type Codes, notFiniteError, nothingFrozenError, type StepInputs, type Trainer } from '../trainer.ts';
import { type AdamState, disposeState, freshState } from './adam.ts';
import { Algorithm2, shuffleIndices, type TrainingState } from './algorithm2.ts';
import { assertBackendWorks, selectBackend } from './backends.ts';
import type { Weights } from './parameterVector.ts';

/** Images or codes that go through a network at once, to bound the memory that many of them take. */
const chunkLength = 256;

/** A trainer in plain tfjs on a backend that `createTfjsBackend` started. */
export async function createTfjsTrainer(config: RunConfig, backend: BackendInfo): Promise<Trainer> {
  return new TfjsTrainer(config, backend);
}

/** A state and the steps that led to it. */
interface Moment {
  readonly state: TrainingState;
  readonly step: number;
}

/** Vectors of parameters and the steps that led to them. */
interface KeptParameters {
  readonly vae: tf.Tensor1D;
  readonly discriminator: tf.Tensor1D;
  readonly step: number;
}

class TfjsTrainer implements Trainer {
  readonly config: RunConfig;
  readonly backend: BackendInfo;
  /** tfjs decides its dispatches and memory anew each step. */
  readonly cost = null;
  readonly #algorithm: Algorithm2;
  readonly #images: ImageSource;
  #live: LiveSettings;
  #now: Moment;
  #kept: KeptParameters | undefined;
  /** Whether what is kept is the frozen encoder's too, and stays. */
  #frozen = false;
  #disposed = false;

  constructor(config: RunConfig, backend: BackendInfo) {
    selectBackend(backend);
    this.config = config;
    this.backend = backend;
    this.#algorithm = new Algorithm2(config);
    this.#images = new ImageSource(config.factors, config.imageSize, config.channels);
    this.#live = liveSettingsOf(config);
    this.#now = { state: this.#stateOf(initialParameters(config)), step: 0 };
  }

  get step(): number {
    return this.#now.step;
  }

  setLive(live: LiveSettings): void {
    this.#live = live;
  }

  async train(steps: number): Promise<Float32Array> {
    this.#use();
    const rows: tf.Tensor1D[] = [];
    for (let i = 0; i < steps; i++) rows.push(this.#stepOn(this.#drawInputs()));
    return this.#readRows(rows);
  }

  async trainOn(inputs: StepInputs): Promise<Float32Array> {
    this.#use();
    return this.#readRows([this.#stepOn(inputs)]);
  }

  encode(images: Float32Array): Promise<Codes> {
    return this.#encode(images, () => this.#vaeWeights());
  }

  async freezeEncoder(): Promise<void> {
    this.thawEncoder();
    if (!(await this.keep())) throw notFiniteError();
    this.#frozen = true;
  }

  thawEncoder(): void {
    this.#frozen = false;
  }

  async encodeFrozen(images: Float32Array): Promise<Codes> {
    const kept = this.#kept;
    if (!this.#frozen || !kept) throw nothingFrozenError();
    return this.#encode(images, () => this.#algorithm.vaeLayout.split(kept.vae));
  }

  async #encode(images: Float32Array, weights: () => Weights): Promise<Codes> {
    this.#use();
    const { latents } = this.config;
    const count = images.length / this.#images.imageLength;
    const codes = { mean: new Float32Array(count * latents), logVariance: new Float32Array(count * latents) };
    for (let start = 0; start < count; start += chunkLength) {
      const posterior = tf.tidy(() => {
        const batch = this.#imageTensor(this.#chunk(images, start, this.#images.imageLength));
        const { mean, logVariance } = this.#algorithm.networks.encode(weights(), batch);
        return { mean, logVariance };
      });
      codes.mean.set(await this.#read(posterior.mean), start * latents);
      codes.logVariance.set(await this.#read(posterior.logVariance), start * latents);
    }
    return codes;
  }

  async decode(codes: Float32Array): Promise<Float32Array> {
    this.#use();
    const { latents } = this.config;
    const count = codes.length / latents;
    const pixels = new Float32Array(count * this.#images.imageLength);
    for (let start = 0; start < count; start += chunkLength) {
      const probabilities = tf.tidy(() => {
        const chunk = this.#chunk(codes, start, latents);
        const batch = tf.tensor2d(chunk, [chunk.length / latents, latents]);
        return tf.sigmoid(this.#algorithm.networks.decode(this.#vaeWeights(), batch));
      });
      pixels.set(await this.#read(probabilities), start * this.#images.imageLength);
    }
    return pixels;
  }

  async readParameters(): Promise<NamedTensors> {
    this.#use();
    return this.#unpack(this.#now.state, 'parameters');
  }

  writeParameters(parameters: NamedTensors): void {
    this.#use();
    this.#goTo({ state: this.#stateOf(parameters), step: 0 });
  }

  async readSnapshot(): Promise<Snapshot> {
    this.#use();
    const { state, step } = this.#now;
    const [parameters, firstMoments, secondMoments] = await Promise.all([
      this.#unpack(state, 'parameters'),
      this.#unpack(state, 'firstMoment'),
      this.#unpack(state, 'secondMoment'),
    ]);
    return { step, parameters, firstMoments, secondMoments };
  }

  writeSnapshot({ step, parameters, firstMoments, secondMoments }: Snapshot): void {
    this.#use();
    const parts = [this.#pack(parameters), this.#pack(firstMoments), this.#pack(secondMoments)] as const;
    const stateOf = (network: 'vae' | 'discriminator'): AdamState => {
      const [parameters, firstMoment, secondMoment] = parts.map((part) => tf.tensor1d(part[network]));
      return { parameters, firstMoment, secondMoment };
    };
    this.#goTo({ state: { vae: stateOf('vae'), discriminator: stateOf('discriminator') }, step });
  }

  async keep(): Promise<boolean> {
    this.#use();
    const { state, step } = this.#now;
    // Tensors never change: a clone shares its numbers.
    const kept = {
      vae: tf.clone(state.vae.parameters),
      discriminator: tf.clone(state.discriminator.parameters),
      step,
    };
    // A sum of magnitudes is finite if and only if all of them are.
    const magnitude = tf.tidy(() =>
      tf.stack([kept.vae, kept.discriminator].map((vector) => tf.sum(tf.abs(vector)))),
    );
    const finite = (await this.#read(magnitude)).every(Number.isFinite);
    if (finite && !this.#frozen) {
      this.#forget();
      this.#kept = kept;
    } else {
      tf.dispose([kept.vae, kept.discriminator]);
    }
    return finite;
  }

  restore(): void {
    this.#use();
    if (!this.#kept)
      throw new AppError('NothingKeptError', 'There is no earlier state of this run to go back to.');
    const { vae, discriminator, step } = this.#kept;
    this.#goTo({
      state: { vae: freshState(tf.clone(vae)), discriminator: freshState(tf.clone(discriminator)) },
      step,
    });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    disposeState(this.#now.state.vae);
    disposeState(this.#now.state.discriminator);
    this.#forget();
  }

  #forget(): void {
    if (this.#kept) tf.dispose([this.#kept.vae, this.#kept.discriminator]);
    this.#kept = undefined;
  }

  /** Every call starts here. */
  #use(): void {
    if (this.#disposed) throw new AppError('TrainerDisposedError', 'This run has ended; start a new one.');
    selectBackend(this.backend);
  }

  #stepOn(inputs: StepInputs): tf.Tensor1D {
    const { batchSize, latents } = this.config;
    const { state, step } = this.#now;
    const penalties = penaltiesAt(this.config, this.#live, step);
    const result = tf.tidy(() =>
      this.#algorithm.step(
        state,
        {
          images1: this.#imageTensor(inputs.batch1),
          noise1: tf.tensor2d(inputs.noise1, [batchSize, latents]),
          images2: this.#imageTensor(inputs.batch2),
          noise2: tf.tensor2d(inputs.noise2, [batchSize, latents]),
          shuffle: tf.tensor1d(shuffleIndices(inputs.permutation, latents), 'int32'),
        },
        { ...this.#live, ...penalties, updates: step + 1 },
      ),
    );
    this.#goTo({ state: result.state, step: step + 1 });
    return result.metrics;
  }

  /** The inputs of the next step, drawn from (seed, step). */
  #drawInputs(): StepInputs {
    const { seed, batchSize, latents } = this.config;
    const { step } = this;
    const batch1 = new Float32Array(batchSize * this.#images.imageLength);
    this.#images.drawBatch(seed, streams.batch1, step, batchSize, batch1);
    // Drawn only where it is looked at.
    const batch2 = new Float32Array(batch1.length);
    if (usesSecondBatch(this.config)) this.#images.drawBatch(seed, streams.batch2, step, batchSize, batch2);
    return {
      batch1,
      batch2,
      noise1: normals(seed, streams.noise1, step, batchSize * latents),
      noise2: normals(seed, streams.noise2, step, batchSize * latents),
      permutation: permutations(seed, streams.permutation, step, latents, batchSize),
    };
  }

  async #readRows(rows: tf.Tensor1D[]): Promise<Float32Array> {
    if (rows.length === 0) return new Float32Array(0);
    const table = tf.concat(rows);
    tf.dispose(rows);
    const numbers = await this.#read(table);
    if (this.config.objective === 'betaVae') {
      for (let row = 0; row < numbers.length; row += metricWidth(this.config.latents))
        for (const name of ['totalCorrelation', 'discriminatorLoss', 'discriminatorAccuracy'] as const)
          numbers[row + metricIndex(name)] = Number.NaN;
    }
    return numbers;
  }

  /** Reads a tensor's numbers and frees it, once they are here. */
  async #read(tensor: tf.Tensor): Promise<Float32Array> {
    const { backend } = this.backend;
    try {
      const numbers = Float32Array.from(await tensor.data());
      assertBackendWorks(backend);
      return numbers;
    } catch (thrown) {
      // A GPU that is lost says so a moment after its reads have failed, and says it better.
      await new Promise((resolve) => setTimeout(resolve));
      assertBackendWorks(backend);
      throw thrown;
    } finally {
      tensor.dispose();
    }
  }

  #imageTensor(images: Float32Array): tf.Tensor4D {
    const { imageSize, channels } = this.config;
    const count = images.length / this.#images.imageLength;
    return tf.tensor4d(images, [count, imageSize, imageSize, channels]);
  }

  #chunk(numbers: Float32Array, start: number, length: number): Float32Array {
    return numbers.subarray(start * length, (start + chunkLength) * length);
  }

  #vaeWeights() {
    return this.#algorithm.vaeLayout.split(this.#now.state.vae.parameters);
  }

  #stateOf(parameters: NamedTensors): TrainingState {
    const { vae, discriminator } = this.#pack(parameters);
    return { vae: freshState(tf.tensor1d(vae)), discriminator: freshState(tf.tensor1d(discriminator)) };
  }

  /** The vectors of these tensors. Both are checked before either goes to the device. */
  #pack(tensors: NamedTensors): { vae: Float32Array; discriminator: Float32Array } {
    const { vaeLayout, discriminatorLayout } = this.#algorithm;
    return { vae: vaeLayout.pack(tensors), discriminator: discriminatorLayout.pack(tensors) };
  }

  /** Reads one vector of each network's state, as it is now. */
  async #unpack({ vae, discriminator }: TrainingState, part: keyof AdamState): Promise<NamedTensors> {
    const { vaeLayout, discriminatorLayout } = this.#algorithm;
    const [vaeVector, discriminatorVector] = [tf.clone(vae[part]), tf.clone(discriminator[part])];
    return new Map([
      ...vaeLayout.unpack(await this.#read(vaeVector)),
      ...discriminatorLayout.unpack(await this.#read(discriminatorVector)),
    ]);
  }

  #goTo(next: Moment): void {
    const last = this.#now.state;
    this.#now = next;
    if (last.vae !== next.state.vae) disposeState(last.vae);
    if (last.discriminator !== next.state.discriminator) disposeState(last.discriminator);
  }
}
