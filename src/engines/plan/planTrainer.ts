import type { EngineInfo, ProductChoice, StepCost } from '../../config/engines.ts';
import { initialTensors } from '../../model/initialise.ts';
import type { NamedTensors } from '../../model/parameters.ts';
import type { Rests, Snapshot } from '../../model/snapshot.ts';
import type { StepStage } from '../../model/stepStages.ts';
import { checkModel } from '../../plan/checkModel.ts';
import type { Model } from '../../plan/model.ts';
import { groupLength, type Slot, sampleLength } from '../../plan/slots.ts';
import { stagesOf } from '../../plan/stages.ts';
import { checkedInputs, drawnSlots, withRest } from '../inputs.ts';
import { checkPlayer, rateOf, restsAfter, updateNumber } from '../players.ts';
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
import { adamRates } from './adamRates.ts';
import { type LoneProgram, type PlanDevice, type RowCollector, rateIndex } from './device.ts';

/** A run of any family on any device that runs plans. */
export class PlanTrainer<
  Config,
  Live,
  Inputs extends RandomInputs = RandomInputs,
  Device extends PlanDevice = PlanDevice,
> implements Trainer<Config, Live, Inputs>
{
  readonly model: Model<Config, Live>;
  readonly runsOn: EngineInfo;
  readonly device: Device;
  /** Live values of one pass, written anew for each: nothing is allocated a step. */
  readonly #values: Float64Array;
  /** Passes of a step: its programs, each as often as it is repeated. */
  readonly #passes: number;
  #live: Live;
  #step = 0;
  #rests: Rests = {};
  #kept: { readonly step: number; readonly rests: Rests } | null = null;
  #frozen = false;
  #submits = 0;
  #scriptTime = 0;
  #disposed = false;
  /** Milliseconds a step took lately, as seen from here; sizes the submits. */
  #stepTime: number | null = null;

  constructor(model: Model<Config, Live>, device: Device, runsOn: EngineInfo) {
    checkModel(model);
    const { plan } = model;
    this.runsOn = runsOn;
    this.device = device;
    this.model = model;
    this.#live = model.live;
    this.#values = new Float64Array(rateIndex(plan.live.length, plan.optimisers.length));
    this.#passes = plan.step.reduce((sum, { repeats }) => sum + repeats, 0);
    device.writeState(initialTensors(model.layers, model.seed));
  }

  get config(): Config {
    return this.model.config;
  }

  get step(): number {
    return this.#step;
  }

  get cost(): StepCost | null {
    return this.device.cost;
  }

  get choices(): readonly ProductChoice[] {
    return this.device.choices;
  }

  /** Submits of steps so far, and milliseconds that JavaScript spent on them. */
  get spent(): { readonly submits: number; readonly scriptTime: number } {
    return { submits: this.#submits, scriptTime: this.#scriptTime };
  }

  setLive(live: Live): void {
    this.#live = live;
  }

  async train(steps: number, only: string | null = null): Promise<Float32Array> {
    this.#use();
    checkPlayer(this.model.plan, only);
    const start = performance.now();
    const rows = this.device.collect(steps);
    // All are submitted before anything is waited for: another call's steps follow these.
    for (let left = steps; left > 0; ) {
      const count = Math.min(this.#perSubmit(), left);
      this.#submitSteps(count, rows, only);
      left -= count;
    }
    const numbers = await rows.read();
    this.#stepTime = (performance.now() - start) / steps;
    return numbers;
  }

  get stages(): readonly StepStage[] {
    return stagesOf(this.model.plan.step);
  }

  async trainByStages(only: string | null, at: (stage: number) => Promise<void>): Promise<Float32Array> {
    this.#use();
    const { step } = this.model.plan;
    checkPlayer(this.model.plan, only);
    const rows = this.device.collect(1);
    this.#setStep(0);
    this.#count(only);
    let [place, number] = [0, 0];
    for (const [program, { repeats, stages }] of step.entries())
      for (let repeat = 0; repeat < repeats; repeat++, place++)
        // The first one draws.
        for (let stage = 0; stage <= stages.length; stage++) {
          await at(number++);
          this.#use();
          const isLast = place === this.#passes - 1 && stage === stages.length;
          this.device.submitStage({ program, stage, only }, place, isLast ? rows : undefined);
        }
    return rows.read();
  }

  async trainOn(inputs: Inputs, only: string | null = null): Promise<Float32Array> {
    this.#use();
    const { step } = this.model.plan;
    checkPlayer(this.model.plan, only);
    const given = checkedInputs(step, inputs);
    const rows = this.device.collect(1);
    this.#setStep(0);
    this.#count(only);
    let place = 0;
    for (const [number, program] of step.entries())
      for (let repeat = 0; repeat < program.repeats; repeat++) {
        for (const slot of drawnSlots(program)) {
          const length = groupLength(slot);
          const numbers = given.get(slot.name)?.subarray(repeat * length, (repeat + 1) * length);
          if (numbers) this.device.writeSlot(slot, numbers);
        }
        const isLast = place === this.#passes - 1;
        const lone: LoneProgram = { kind: 'step', program: number, only };
        this.device.submitProgram(lone, place++, isLast ? rows : undefined);
      }
    return rows.read();
  }

  encode(images: Float32Array): Promise<Codes> {
    return this.#encode(images, { kind: 'encode', kept: false });
  }

  async freezeEncoder(): Promise<void> {
    this.#use();
    this.#frozen = false;
    if (!(await this.keep())) throw notFiniteError();
    this.#frozen = true;
  }

  async encodeFrozen(images: Float32Array): Promise<Codes> {
    this.#use();
    if (!this.#frozen) throw nothingFrozenError();
    return this.#encode(images, { kind: 'encode', kept: true });
  }

  thawEncoder(): void {
    this.#frozen = false;
  }

  async #encode(images: Float32Array, program: LoneProgram): Promise<Codes> {
    this.#use();
    const { encode } = this.model.plan;
    if (!encode) throw cannotError('encode');
    const read = await this.#inChunks(program, encode.images, images, encode.posterior);
    const { latents, variances } = encode;
    const width = sampleLength(encode.posterior);
    const count = read.length / width;
    const mean = new Float32Array(count * latents);
    const logVariance = variances === 'learned' ? new Float32Array(count * latents) : null;
    for (let i = 0; i < count; i++) {
      mean.set(read.subarray(i * width, i * width + latents), i * latents);
      logVariance?.set(read.subarray(i * width + latents, (i + 1) * width), i * latents);
    }
    return { mean, logVariance };
  }

  async decode(codes: Float32Array, rest?: Float32Array): Promise<Float32Array> {
    this.#use();
    const { decode } = this.model.plan;
    if (!decode) throw cannotError('decode');
    const whole = withRest(codes, decode, rest);
    return this.#inChunks({ kind: 'decode' }, decode.codes, whole, decode.pixels);
  }

  async discriminate(codes: Float32Array): Promise<Float32Array> {
    this.#use();
    const { discriminate } = this.model.plan;
    if (!discriminate) throw cannotError('discriminate');
    const logits = await this.#inChunks(
      { kind: 'discriminate' },
      discriminate.codes,
      codes,
      discriminate.logits,
    );
    return Float32Array.from({ length: logits.length / 2 }, (_, i) => logits[2 * i] - logits[2 * i + 1]);
  }

  async readParameters(): Promise<NamedTensors> {
    this.#use();
    return this.device.readParameters();
  }

  writeParameters(parameters: NamedTensors): void {
    this.#use();
    this.device.writeState(parameters);
    this.#step = 0;
    this.#rests = {};
  }

  async readSnapshot(): Promise<Snapshot> {
    this.#use();
    const [step, rests] = [this.#step, this.#rests];
    return { step, rests, ...(await this.device.readState()) };
  }

  writeSnapshot({ step, rests, parameters, firstMoments, secondMoments }: Snapshot): void {
    this.#use();
    this.device.writeState(parameters, { firstMoments, secondMoments });
    this.#step = step;
    this.#rests = rests;
  }

  async keep(): Promise<boolean> {
    this.#use();
    const finite = await this.device.isFinite();
    // The frozen encoder is part of what is kept.
    if (!finite || this.#frozen) return finite;
    this.device.save();
    this.#kept = { step: this.#step, rests: this.#rests };
    return true;
  }

  restore(): void {
    this.#use();
    if (!this.#kept) throw nothingKeptError();
    this.device.restore();
    this.#step = this.#kept.step;
    this.#rests = this.#kept.rests;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.device.dispose();
  }

  /** Steps of the next submit: one until it is known how long a step takes. */
  #perSubmit(): number {
    const { maxSteps, submitMs } = this.device;
    if (this.#stepTime === null) return 1;
    return Math.max(1, Math.min(maxSteps, Math.floor(submitMs / this.#stepTime)));
  }

  #submitSteps(count: number, rows: RowCollector, only: string | null): void {
    const start = performance.now();
    for (let slot = 0; slot < count; slot++) {
      this.#setStep(slot);
      this.#count(only);
    }
    this.device.submitSteps(count, rows, only);
    this.#submits++;
    this.#scriptTime += performance.now() - start;
  }

  #count(only: string | null): void {
    this.#step++;
    if (only !== null) this.#rests = restsAfter(this.#rests, this.model.plan, only);
  }

  /** Live values of the step that comes next, for each of its passes. Its row of metrics has its slot's number. */
  #setStep(slot: number): void {
    const { plan, seed } = this.model;
    const values = this.model.valuesAt(this.#live, this.#step);
    for (let i = 0; i < plan.live.length; i++) this.#values[i] = values[plan.live[i]];
    let place = slot * this.#passes;
    for (const { repeats } of plan.step)
      for (let repeat = 0; repeat < repeats; repeat++) {
        const draw = this.#step * repeats + repeat;
        for (let o = 0; o < plan.optimisers.length; o++) {
          const optimiser = plan.optimisers[o];
          const update = updateNumber(optimiser, this.#rests, this.#step, { repeats, repeat });
          const { rate, correction } = adamRates(rateOf(optimiser, values), optimiser.betas, update);
          const at = rateIndex(plan.live.length, o);
          this.#values[at] = rate;
          this.#values[at + 1] = correction;
        }
        this.device.setLive(place++, { seed, draw, metricsRow: slot, values: this.#values });
      }
  }

  /** Every call starts here. */
  #use(): void {
    if (this.#disposed) throw disposedError();
    this.device.check();
  }

  /** Runs a forward program over any number of samples, a batch at a time. */
  async #inChunks(
    program: LoneProgram,
    input: Slot,
    numbers: Float32Array,
    output: Slot,
  ): Promise<Float32Array> {
    const length = sampleLength(input);
    const count = numbers.length / length;
    if (!Number.isInteger(count)) throw samplesError(numbers.length, length);
    this.#setStep(0);
    const parts: Promise<Float32Array>[] = [];
    for (let first = 0; first < count; first += output.rows) {
      const rows = Math.min(output.rows, count - first);
      this.device.writeSlot(input, numbers.subarray(first * length, (first + rows) * length));
      this.device.submitProgram(program, 0);
      parts.push(this.device.readSlot(output, rows));
    }
    const all = new Float32Array(count * sampleLength(output));
    let at = 0;
    for (const part of await Promise.all(parts)) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}
