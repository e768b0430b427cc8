import * as tf from '@tensorflow/tfjs-core';
import { initialTensors } from '../../model/initialise.ts';
import type { NamedTensors } from '../../model/parameters.ts';
import type { Rests, Snapshot } from '../../model/snapshot.ts';
import { checkModel } from '../../plan/checkModel.ts';
import type { Model } from '../../plan/model.ts';
import type { Plan } from '../../plan/program.ts';
import { type Slot, sampleLength } from '../../plan/slots.ts';
import { checkedInputs, drawInputs, withRest } from '../inputs.ts';
import { checkPlayer, learns, rateOf, restsAfter, updateNumber } from '../players.ts';
import {
  type Codes,
  cannotError,
  disposedError,
  notFiniteError,
  nothingFrozenError,
  nothingKeptError,
  type RandomInputs,
  samplesError,
  type Trainer,
} from '../trainer.ts';
import { type AdamState, adamStep, disposeState, freshState } from './adam.ts';
import { assertBackendWorks, selectBackend } from './backends.ts';
import { type TfjsDefinition, TfjsInputs, type TfjsStep, type WeightsOf } from './definition.ts';
import { mapped, StateLayout, type TfjsStates } from './states.ts';
import type { TfjsInfo } from './tfjsInfo.ts';

/** Images or codes that go through a network at once, to bound the memory that many of them take. */
const chunkLength = 256;

/** A state and the steps that led to it. */
interface Moment {
  readonly states: TfjsStates;
  readonly step: number;
  readonly rests: Rests;
}

/** Vectors of parameters by optimiser, and the steps that led to them. */
interface KeptParameters {
  readonly vectors: Readonly<Record<string, tf.Tensor1D>>;
  readonly step: number;
  readonly rests: Rests;
}

/** The vector of an optimiser's parameters. */
type VectorOf = (optimiser: string) => tf.Tensor1D;

/** A run of any family by its definition in tfjs, on an engine that `startTfjs` started. */
export class TfjsTrainer<Config, Live, Inputs extends RandomInputs> implements Trainer<Config, Live, Inputs> {
  readonly model: Model<Config, Live>;
  readonly runsOn: TfjsInfo;
  /** tfjs decides its dispatches and memory anew each step. */
  readonly cost = null;
  readonly choices = [];
  readonly #definition: TfjsDefinition;
  readonly #layout: StateLayout;
  readonly #trained: VectorOf = (optimiser) => this.#now.states[optimiser].parameters;
  #live: Live;
  #now: Moment;
  #kept: KeptParameters | undefined;
  /** Whether what is kept is the frozen encoder's too, and stays. */
  #frozen = false;
  #disposed = false;

  constructor(model: Model<Config, Live>, definition: TfjsDefinition, runsOn: TfjsInfo) {
    checkModel(model);
    selectBackend(runsOn);
    this.runsOn = runsOn;
    this.model = model;
    this.#definition = definition;
    this.#layout = new StateLayout(model.plan);
    this.#live = model.live;
    this.#now = { states: this.#layout.fresh(initialTensors(model.layers, model.seed)), step: 0, rests: {} };
  }

  get config(): Config {
    return this.model.config;
  }

  get step(): number {
    return this.#now.step;
  }

  setLive(live: Live): void {
    this.#live = live;
  }

  async train(steps: number, only: string | null = null): Promise<Float32Array> {
    this.#use();
    checkPlayer(this.model.plan, only);
    const { plan, seed } = this.model;
    const rows: tf.Tensor1D[] = [];
    for (let i = 0; i < steps; i++) rows.push(this.#stepOn(drawInputs(plan.step, seed, this.step), only));
    return this.#readRows(rows);
  }

  /** The definition's step is one function. */
  readonly stages = null;

  trainByStages(only: string | null): Promise<Float32Array> {
    return this.train(1, only);
  }

  async trainOn(inputs: Inputs, only: string | null = null): Promise<Float32Array> {
    this.#use();
    checkPlayer(this.model.plan, only);
    return this.#readRows([this.#stepOn(checkedInputs(this.model.plan.step, inputs), only)]);
  }

  encode(images: Float32Array): Promise<Codes> {
    return this.#encode(images, this.#trained);
  }

  async freezeEncoder(): Promise<void> {
    this.#use();
    this.thawEncoder();
    if (!(await this.keep())) throw notFiniteError();
    this.#frozen = true;
  }

  thawEncoder(): void {
    this.#frozen = false;
  }

  async encodeFrozen(images: Float32Array): Promise<Codes> {
    this.#use();
    const kept = this.#kept;
    if (!this.#frozen || !kept) throw nothingFrozenError();
    return this.#encode(images, (optimiser) => kept.vectors[optimiser]);
  }

  async #encode(images: Float32Array, vectorOf: VectorOf): Promise<Codes> {
    this.#use();
    const { encode } = this.#definition;
    const program = this.model.plan.encode;
    if (!encode || !program) throw cannotError('encode');
    const { images: slot, latents } = program;
    const [height, width, channels] = slot.dims;
    const lengths = program.variances === 'learned' ? [latents, latents] : [latents];
    const [mean, logVariance = null] = await this.#inChunks(images, slot, lengths, (chunk) => {
      const posterior = encode(this.#weightsOf(vectorOf), tf.reshape(chunk, [-1, height, width, channels]));
      return posterior.logVariance ? [posterior.mean, posterior.logVariance] : [posterior.mean];
    });
    return { mean, logVariance };
  }

  async decode(codes: Float32Array, rest?: Float32Array): Promise<Float32Array> {
    this.#use();
    const { decode } = this.#definition;
    const program = this.model.plan.decode;
    if (!decode || !program) throw cannotError('decode');
    const length = sampleLength(program.pixels);
    const whole = withRest(codes, program, rest);
    const [pixels] = await this.#inChunks(whole, program.codes, [length], (chunk) => [
      tf.sigmoid(decode(this.#weightsOf(this.#trained), chunk)),
    ]);
    return pixels;
  }

  async discriminate(codes: Float32Array): Promise<Float32Array> {
    this.#use();
    const { discriminate } = this.#definition;
    const { codes: slot } = this.model.plan.discriminate ?? {};
    if (!discriminate || !slot) throw cannotError('discriminate');
    const [ratios] = await this.#inChunks(codes, slot, [1], (chunk) => [
      discriminate(this.#weightsOf(this.#trained), chunk),
    ]);
    return ratios;
  }

  async readParameters(): Promise<NamedTensors> {
    this.#use();
    return this.#unpack('parameters');
  }

  writeParameters(parameters: NamedTensors): void {
    this.#use();
    this.#goTo({ states: this.#layout.fresh(parameters), step: 0, rests: {} });
  }

  async readSnapshot(): Promise<Snapshot> {
    this.#use();
    const { step, rests } = this.#now;
    const [parameters, firstMoments, secondMoments] = await Promise.all([
      this.#unpack('parameters'),
      this.#unpack('firstMoment'),
      this.#unpack('secondMoment'),
    ]);
    return { step, rests, parameters, firstMoments, secondMoments };
  }

  writeSnapshot({ step, rests, ...tensors }: Snapshot): void {
    this.#use();
    this.#goTo({ states: this.#layout.pack(tensors), step, rests });
  }

  async keep(): Promise<boolean> {
    this.#use();
    const { states, step, rests } = this.#now;
    // Tensors never change: a clone shares its numbers.
    const vectors = mapped(states, ({ parameters }) => tf.clone(parameters));
    // A sum of magnitudes is finite if and only if all of them are.
    const magnitude = tf.tidy(() => tf.stack(Object.values(vectors).map((vector) => tf.sum(tf.abs(vector)))));
    const finite = (await this.#read(magnitude)).every(Number.isFinite);
    if (finite && !this.#frozen) {
      this.#forget();
      this.#kept = { vectors, step, rests };
    } else {
      tf.dispose(vectors);
    }
    return finite;
  }

  restore(): void {
    this.#use();
    if (!this.#kept) throw nothingKeptError();
    const { vectors, step, rests } = this.#kept;
    this.#goTo({ states: mapped(vectors, (vector) => freshState(tf.clone(vector))), step, rests });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const state of Object.values(this.#now.states)) disposeState(state);
    this.#forget();
  }

  #forget(): void {
    if (this.#kept) tf.dispose(this.#kept.vectors);
    this.#kept = undefined;
  }

  /** Every call starts here. */
  #use(): void {
    if (this.#disposed) throw disposedError();
    selectBackend(this.runsOn);
  }

  #stepOn(numbers: ReadonlyMap<string, Float32Array | Int32Array>, only: string | null): tf.Tensor1D {
    const { states, step, rests } = this.#now;
    const { plan } = this.model;
    const live = this.model.valuesAt(this.#live, step);
    const update: TfjsStep['update'] = (name, state, gradient, repeat = 0) => {
      if (!learns(name, only)) return state;
      const { optimiser, repeats } = updaterOf(plan, name);
      const count = updateNumber(optimiser, rests, step, { repeats, repeat });
      return adamStep(state, gradient, count, rateOf(optimiser, live), optimiser.betas);
    };
    const inputs = new TfjsInputs(plan, numbers);
    const result = tf.tidy(() => this.#definition.step(states, inputs, { live, update }));
    this.#goTo({ states: result.states, step: step + 1, rests: restsAfter(rests, plan, only) });
    return result.metrics;
  }

  async #readRows(rows: tf.Tensor1D[]): Promise<Float32Array> {
    if (rows.length === 0) return new Float32Array(0);
    const table = tf.concat(rows);
    tf.dispose(rows);
    const numbers = await this.#read(table);
    const { columns } = this.model;
    for (const [column, { measured }] of columns.entries())
      for (let at = column; !measured && at < numbers.length; at += columns.length) numbers[at] = Number.NaN;
    return numbers;
  }

  /** Reads a tensor's numbers and frees it, once they are here. */
  async #read(tensor: tf.Tensor): Promise<Float32Array> {
    const { engine } = this.runsOn;
    try {
      const numbers = Float32Array.from(await tensor.data());
      assertBackendWorks(engine);
      return numbers;
    } catch (thrown) {
      // A GPU that is lost says so a moment after its reads have failed, and says it better.
      await new Promise((resolve) => setTimeout(resolve));
      assertBackendWorks(engine);
      throw thrown;
    } finally {
      tensor.dispose();
    }
  }

  /**
   * Puts samples through a network, some at a time, and resolves with what came of them: an array for each width,
   * with so many numbers a sample. @throws AppError InputsError where the numbers are no whole number of samples.
   */
  async #inChunks(
    numbers: Float32Array,
    slot: Slot,
    widths: readonly number[],
    network: (samples: tf.Tensor2D) => tf.Tensor[],
  ): Promise<Float32Array[]> {
    const length = sampleLength(slot);
    const count = numbers.length / length;
    if (!Number.isInteger(count)) throw samplesError(numbers.length, length);
    const results = widths.map((width) => new Float32Array(count * width));
    for (let start = 0; start < count; start += chunkLength) {
      const chunk = numbers.subarray(start * length, (start + chunkLength) * length);
      const tensors = tf.tidy(() => network(tf.tensor2d(chunk, [chunk.length / length, length])));
      for (const [i, tensor] of tensors.entries())
        results[i].set(await this.#read(tensor), start * widths[i]);
    }
    return results;
  }

  #weightsOf(vectorOf: VectorOf): WeightsOf {
    return (optimiser) => this.#layout.split(optimiser, vectorOf(optimiser));
  }

  #unpack(part: keyof AdamState): Promise<NamedTensors> {
    return this.#layout.unpack(this.#now.states, part, (tensor) => this.#read(tensor));
  }

  #goTo(next: Moment): void {
    const last = this.#now.states;
    this.#now = next;
    for (const [name, state] of Object.entries(last)) if (state !== next.states[name]) disposeState(state);
  }
}

/** An optimiser, and how often a step repeats the program that it updates in. */
function updaterOf({ optimisers, step }: Plan, name: string) {
  const optimiser = optimisers.find((one) => one.name === name);
  const program = step.find(({ operations }) =>
    operations.some((operation) => operation.kind === 'adam' && operation.optimiser === name),
  );
  if (!optimiser || !program) throw new RangeError(`there is no optimiser ${name}`);
  return { optimiser, repeats: program.repeats };
}
