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
import {
  type TfjsDefinition,
  TfjsInputs,
  type TfjsStates,
  type TfjsStep,
  vectorLayouts,
  type WeightsOf,
} from './definition.ts';
import type { VectorLayout } from './parameterVector.ts';
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

/** A run of any family by its definition in tfjs, on an engine that `startTfjs` started. */
export class TfjsTrainer<Config, Live, Inputs extends RandomInputs> implements Trainer<Config, Live, Inputs> {
  readonly model: Model<Config, Live>;
  readonly runsOn: TfjsInfo;
  /** tfjs decides its dispatches and memory anew each step. */
  readonly cost = null;
  readonly choices = [];
  readonly #definition: TfjsDefinition;
  readonly #layouts: ReadonlyMap<string, VectorLayout>;
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
    this.#layouts = vectorLayouts(model.plan);
    this.#live = model.live;
    this.#now = { states: this.#statesOf(initialTensors(model.layers, model.seed)), step: 0, rests: {} };
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

  async trainOn(inputs: Inputs, only: string | null = null): Promise<Float32Array> {
    this.#use();
    checkPlayer(this.model.plan, only);
    return this.#readRows([this.#stepOn(checkedInputs(this.model.plan.step, inputs), only)]);
  }

  encode(images: Float32Array): Promise<Codes> {
    return this.#encode(images, (optimiser) => this.#now.states[optimiser].parameters);
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

  async #encode(images: Float32Array, vectorOf: (optimiser: string) => tf.Tensor1D): Promise<Codes> {
    this.#use();
    const { encode } = this.#definition;
    const program = this.model.plan.encode;
    if (!encode || !program) throw cannotError('encode');
    const { images: slot, latents } = program;
    const length = sampleLength(slot);
    const count = wholeNumber(images.length, length);
    const codes = { mean: new Float32Array(count * latents), logVariance: new Float32Array(count * latents) };
    for (let start = 0; start < count; start += chunkLength) {
      const { mean, logVariance } = tf.tidy(() => {
        const chunk = images.subarray(start * length, (start + chunkLength) * length);
        const batch = imageTensor(slot, chunk);
        const posterior = encode(this.#weightsOf(vectorOf), batch);
        return { mean: posterior.mean, logVariance: posterior.logVariance };
      });
      codes.mean.set(await this.#read(mean), start * latents);
      codes.logVariance.set(await this.#read(logVariance), start * latents);
    }
    return codes;
  }

  async decode(codes: Float32Array): Promise<Float32Array> {
    this.#use();
    const { decode } = this.#definition;
    const program = this.model.plan.decode;
    if (!decode || !program) throw cannotError('decode');
    const { codes: slot, pixels: output } = program;
    const latents = sampleLength(slot);
    const whole = withRest(codes, program);
    const count = wholeNumber(whole.length, latents);
    const length = sampleLength(output);
    const pixels = new Float32Array(count * length);
    for (let start = 0; start < count; start += chunkLength) {
      const probabilities = tf.tidy(() => {
        const chunk = whole.subarray(start * latents, (start + chunkLength) * latents);
        const batch = tf.tensor2d(chunk, [chunk.length / latents, latents]);
        const vectorOf = (optimiser: string) => this.#now.states[optimiser].parameters;
        return tf.sigmoid(decode(this.#weightsOf(vectorOf), batch));
      });
      pixels.set(await this.#read(probabilities), start * length);
    }
    return pixels;
  }

  async discriminate(codes: Float32Array): Promise<Float32Array> {
    this.#use();
    const { discriminate } = this.#definition;
    const { codes: slot } = this.model.plan.discriminate ?? {};
    if (!discriminate || !slot) throw cannotError('discriminate');
    const latents = sampleLength(slot);
    const count = wholeNumber(codes.length, latents);
    const ratios = new Float32Array(count);
    for (let start = 0; start < count; start += chunkLength) {
      const chunk = codes.subarray(start * latents, (start + chunkLength) * latents);
      const ratio = tf.tidy(() => {
        const vectorOf = (optimiser: string) => this.#now.states[optimiser].parameters;
        return discriminate(this.#weightsOf(vectorOf), tf.tensor2d(chunk, [chunk.length / latents, latents]));
      });
      ratios.set(await this.#read(ratio), start);
    }
    return ratios;
  }

  async readParameters(): Promise<NamedTensors> {
    this.#use();
    return this.#unpack(this.#now.states, 'parameters');
  }

  writeParameters(parameters: NamedTensors): void {
    this.#use();
    this.#goTo({ states: this.#statesOf(parameters), step: 0, rests: {} });
  }

  async readSnapshot(): Promise<Snapshot> {
    this.#use();
    const { states, step, rests } = this.#now;
    const [parameters, firstMoments, secondMoments] = await Promise.all([
      this.#unpack(states, 'parameters'),
      this.#unpack(states, 'firstMoment'),
      this.#unpack(states, 'secondMoment'),
    ]);
    return { step, rests, parameters, firstMoments, secondMoments };
  }

  writeSnapshot({ step, rests, parameters, firstMoments, secondMoments }: Snapshot): void {
    this.#use();
    // All are checked before one goes to the device.
    const parts = [parameters, firstMoments, secondMoments].map((tensors) => this.#pack(tensors));
    const states = Object.fromEntries(
      Array.from(this.#layouts.keys(), (name): [string, AdamState] => {
        const [vector, firstMoment, secondMoment] = parts.map((part) => tf.tensor1d(part[name]));
        return [name, { parameters: vector, firstMoment, secondMoment }];
      }),
    );
    this.#goTo({ states, step, rests });
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

  #weightsOf(vectorOf: (optimiser: string) => tf.Tensor1D): WeightsOf {
    return (optimiser) => this.#layout(optimiser).split(vectorOf(optimiser));
  }

  #layout(name: string): VectorLayout {
    const layout = this.#layouts.get(name);
    if (!layout) throw new RangeError(`there is no optimiser ${name}`);
    return layout;
  }

  #statesOf(parameters: NamedTensors): TfjsStates {
    return mapped(this.#pack(parameters), (vector) => freshState(tf.tensor1d(vector)));
  }

  /** The vectors of these tensors. All are checked before one goes to the device. */
  #pack(tensors: NamedTensors): Readonly<Record<string, Float32Array>> {
    return Object.fromEntries(Array.from(this.#layouts, ([name, layout]) => [name, layout.pack(tensors)]));
  }

  /** Reads one vector of each state, as it is now. */
  async #unpack(states: TfjsStates, part: keyof AdamState): Promise<NamedTensors> {
    const vectors = mapped(states, (state) => tf.clone(state[part]));
    const tensors = new Map<string, ReturnType<VectorLayout['unpack']>[number][1]>();
    for (const [name, layout] of this.#layouts)
      for (const [tensor, numbers] of layout.unpack(await this.#read(vectors[name])))
        tensors.set(tensor, numbers);
    return tensors;
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

function imageTensor({ dims: [height, width, channels] }: Slot, images: Float32Array): tf.Tensor4D {
  return tf.tensor4d(images, [images.length / (height * width * channels), height, width, channels]);
}

function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

/** How many samples of `length` numbers these are. @throws AppError InputsError where they are no whole number. */
function wholeNumber(numbers: number, length: number): number {
  const count = numbers / length;
  if (Number.isInteger(count)) return count;
  throw samplesError(numbers, length);
}
