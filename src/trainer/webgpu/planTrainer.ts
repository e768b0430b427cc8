import type { BackendInfo, StepCost } from '../../config/backends.ts';
import { penaltiesAt } from '../../config/schedule.ts';
import { type LiveSettings, liveSettingsOf, type RunConfig } from '../../config/schema.ts';
import { AppError } from '../../errors.ts';
import { metricWidth } from '../../model/metricsRow.ts';
import type { NamedTensors } from '../../model/parameters.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { type Codes, notFiniteError, type StepInputs, type Trainer } from '../trainer.ts';
import { adamRates } from './adamRates.ts';
import type { DeviceGuard } from './deviceGuard.ts';
import type { FrozenEncoder } from './frozenEncoder.ts';
import type { GpuTimer } from './gpuTimer.ts';
import type { KeptParameters } from './keptParameters.ts';
import type { GpuMemory } from './memory.ts';
import { MetricsReader } from './metricsReader.ts';
import { padded } from './paddedLayout.ts';
import type { ParameterLayout } from './parameterLayout.ts';
import type { PlanBuffers } from './planBuffers.ts';
import { type PlanReport, planReport } from './planReport.ts';
import type { LiveSlots, Program } from './program.ts';
import { readBuffers, type Source } from './readback.ts';

/** The parts of a trainer that `createPlanTrainer` makes. */
export interface PlanParts {
  readonly config: RunConfig;
  readonly backend: BackendInfo;
  readonly guard: DeviceGuard;
  readonly memory: GpuMemory;
  readonly layout: ParameterLayout;
  readonly buffers: PlanBuffers;
  readonly output: { readonly posterior: GPUBuffer; readonly logits: GPUBuffer };
  readonly live: LiveSlots;
  readonly kept: KeptParameters;
  readonly frozen: FrozenEncoder;
  readonly programs: {
    readonly draw: Program;
    readonly step: Program;
    readonly encode: Program;
    readonly decode: Program;
  };
  /** Name of the kernels chosen for this GPU. */
  readonly kernels: string;
  /** GPU time that one submit should take, in ms. */
  readonly submitMs: number;
  readonly timer: GpuTimer | null;
  /** See StepCost. */
  readonly peakRate: number | null;
}

/** The training step as a plan: a fixed list of dispatches over buffers that are allocated once. */
export class PlanTrainer implements Trainer {
  readonly config: RunConfig;
  readonly backend: BackendInfo;
  readonly #parts: PlanParts;
  readonly #device: GPUDevice;
  #live: LiveSettings;
  #step = 0;
  #keptStep: number | null = null;
  #submits = 0;
  #scriptTime = 0;
  /** Milliseconds a step took lately, as seen from here; sizes the submits. */
  #stepTime: number | null = null;
  /** The same by the GPU's clock. */
  #gpuTime: number | null = null;

  constructor(parts: PlanParts) {
    this.#parts = parts;
    this.config = parts.config;
    this.backend = parts.backend;
    this.#device = parts.guard.device;
    this.#live = liveSettingsOf(parts.config);
  }

  get step(): number {
    return this.#step;
  }

  /** Dispatches, submits so far and bytes: what the page and the benchmark show. */
  report(): PlanReport {
    return planReport(this.#parts, { submits: this.#submits, scriptTime: this.#scriptTime });
  }

  get cost(): StepCost {
    const { dispatchesPerStep, bytes } = this.report();
    return { dispatches: dispatchesPerStep, gpuMs: this.#gpuTime, peakRate: this.#parts.peakRate, bytes };
  }

  setLive(live: LiveSettings): void {
    this.#live = live;
  }

  async train(steps: number): Promise<Float32Array> {
    const start = performance.now();
    const metrics = this.#metricsReader(steps);
    // All are submitted before anything is waited for: another call's steps follow these.
    for (let left = steps; left > 0; ) {
      const count = Math.min(this.#perSubmit(), left);
      this.#submitSteps(count, metrics);
      left -= count;
    }
    const { rows, gpuMs } = await metrics.read();
    this.#gpuTime = gpuMs ?? this.#gpuTime;
    this.#stepTime = (performance.now() - start) / steps;
    return rows;
  }

  async trainOn(inputs: StepInputs): Promise<Float32Array> {
    const { batch1, batch2, noise1, noise2, permutation } = this.#parts.buffers;
    this.#upload(batch1, inputs.batch1);
    this.#upload(batch2, inputs.batch2);
    this.#upload(noise1, inputs.noise1);
    this.#upload(noise2, inputs.noise2);
    this.#upload(permutation, inputs.permutation);
    this.#setSlot(0);
    const metrics = this.#metricsReader(1);
    this.#run(1, [this.#parts.programs.step], metrics);
    this.#step++;
    return (await metrics.read()).rows;
  }

  encode(images: Float32Array): Promise<Codes> {
    return this.#encode(images, this.#parts.programs.encode);
  }

  async freezeEncoder(): Promise<void> {
    const { frozen } = this.#parts;
    frozen.thaw();
    if (!(await this.keep())) throw notFiniteError();
    frozen.freeze();
  }

  async encodeFrozen(images: Float32Array): Promise<Codes> {
    return this.#encode(images, this.#parts.frozen.program);
  }

  thawEncoder(): void {
    this.#parts.frozen.thaw();
  }

  async #encode(images: Float32Array, program: Program): Promise<Codes> {
    const { batchSize, latents, imageSize, channels } = this.config;
    const length = imageSize * imageSize * channels;
    const count = wholeNumber(images.length / length, 'images');
    const width = 2 * padded(latents);
    const { batch2 } = this.#parts.buffers;
    const source = this.#parts.output.posterior;
    const read = await this.#inChunks(count, program, source, width, (first, n) =>
      this.#upload(batch2, images.subarray(first * length, (first + n) * length)),
    );
    const mean = new Float32Array(count * latents);
    const logVariance = new Float32Array(count * latents);
    for (let i = 0; i < count; i++) {
      const chunk = read[Math.floor(i / batchSize)];
      const at = (i % batchSize) * width;
      mean.set(chunk.subarray(at, at + latents), i * latents);
      logVariance.set(chunk.subarray(at + width / 2, at + width / 2 + latents), i * latents);
    }
    return { mean, logVariance };
  }

  async decode(codes: Float32Array): Promise<Float32Array> {
    const { latents, imageSize, channels, batchSize } = this.config;
    const count = wholeNumber(codes.length / latents, 'codes');
    const length = imageSize * imageSize * channels;
    const width = padded(latents);
    const source = this.#parts.output.logits;
    const read = await this.#inChunks(count, this.#parts.programs.decode, source, length, (first, n) => {
      const rows = new Float32Array(n * width);
      for (let i = 0; i < n; i++)
        rows.set(codes.subarray((first + i) * latents, (first + i + 1) * latents), i * width);
      this.#upload(this.#parts.buffers.codes, rows);
    });
    const images = new Float32Array(count * length);
    read.forEach((chunk, i) => {
      images.set(chunk, i * batchSize * length);
    });
    return images;
  }

  async readParameters(): Promise<NamedTensors> {
    const { guard, buffers, layout } = this.#parts;
    const [bytes] = await readBuffers(guard, [{ buffer: buffers.parameters, size: 4 * layout.length }]);
    return layout.unflatten(new Float32Array(bytes));
  }

  writeParameters(parameters: NamedTensors): void {
    this.#parts.guard.check();
    const { buffers, layout } = this.#parts;
    this.#device.queue.writeBuffer(buffers.parameters, 0, layout.flatten(parameters));
    const encoder = this.#device.createCommandEncoder();
    encoder.clearBuffer(buffers.firstMoment);
    encoder.clearBuffer(buffers.secondMoment);
    this.#device.queue.submit([encoder.finish()]);
    this.#step = 0;
  }

  async readSnapshot(): Promise<Snapshot> {
    const { guard, layout } = this.#parts;
    const step = this.#step;
    const sources = this.#stateBuffers.map((buffer) => ({ buffer, size: buffer.size }));
    const read = await readBuffers(guard, sources);
    const [parameters, firstMoments, secondMoments] = read.map((bytes) => {
      // beta-VAE has no moments of the discriminator: they are zero.
      const flat = new Float32Array(layout.length);
      flat.set(new Float32Array(bytes).subarray(0, layout.length));
      return layout.unflatten(flat);
    });
    return { step, parameters, firstMoments, secondMoments };
  }

  writeSnapshot({ step, parameters, firstMoments, secondMoments }: Snapshot): void {
    const { guard, layout } = this.#parts;
    guard.check();
    // All are checked before one goes to the device.
    const flat = [parameters, firstMoments, secondMoments].map((tensors) => layout.flatten(tensors));
    this.#stateBuffers.forEach((buffer, i) => {
      const numbers = Math.min(flat[i].length, buffer.size / 4);
      this.#device.queue.writeBuffer(buffer, 0, flat[i], 0, numbers);
    });
    this.#step = step;
  }

  /** Parameters and both moments, the parts of a snapshot in order. */
  get #stateBuffers(): readonly GPUBuffer[] {
    const { parameters, firstMoment, secondMoment } = this.#parts.buffers;
    return [parameters, firstMoment, secondMoment];
  }

  async keep(): Promise<boolean> {
    const { kept, frozen, live } = this.#parts;
    const finite = await kept.isFinite(live);
    // The frozen encoder is part of what is kept.
    if (!finite || frozen.isFrozen) return finite;
    kept.save();
    this.#keptStep = this.#step;
    return true;
  }

  restore(): void {
    if (this.#keptStep === null) throw new AppError('NothingKeptError', 'No state of this run was kept.');
    this.#parts.kept.restore();
    this.#step = this.#keptStep;
  }

  dispose(): void {
    this.#parts.timer?.dispose();
    this.#parts.memory.dispose();
    this.#parts.guard.dispose();
  }

  /** Steps of the next submit: one until it is known how long a step takes. */
  #perSubmit(): number {
    if (this.#stepTime === null) return 1;
    const { buffers, submitMs } = this.#parts;
    return Math.max(1, Math.min(buffers.slots, Math.floor(submitMs / this.#stepTime)));
  }

  #submitSteps(count: number, metrics: MetricsReader): void {
    const { programs } = this.#parts;
    const start = performance.now();
    for (let slot = 0; slot < count; slot++) {
      this.#setSlot(slot);
      this.#step++;
    }
    this.#run(count, [programs.draw, programs.step], metrics);
    this.#submits++;
    this.#scriptTime += performance.now() - start;
  }

  /** Live values of the step that comes next. Its row of metrics has the number of its slot. */
  #setSlot(slot: number): void {
    const { seed, adamBetas, discriminatorAdamBetas } = this.config;
    const { learningRate, discriminatorLearningRate } = this.#live;
    const { gamma, beta } = penaltiesAt(this.config, this.#live, this.#step);
    const vae = adamRates(learningRate, adamBetas, this.#step + 1);
    const discriminator = adamRates(discriminatorLearningRate, discriminatorAdamBetas, this.#step + 1);
    this.#parts.live.set(slot, {
      seed,
      step: this.#step,
      metricsRow: slot,
      gamma: this.config.objective === 'factorVae' ? gamma : 0,
      beta,
      vaeRate: vae.rate,
      vaeCorrection: vae.correction,
      discriminatorRate: discriminator.rate,
      discriminatorCorrection: discriminator.correction,
    });
  }

  /** Runs programs once for each of the first `slots` slots, in one pass of one submit; `metrics` collects their rows. */
  #run(slots: number, programs: readonly Program[], metrics?: MetricsReader): void {
    this.#parts.guard.check();
    const { live } = this.#parts;
    live.upload(this.#device.queue, slots);
    const { timer } = this.#parts;
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass(timer ? { timestampWrites: timer.writes } : {});
    for (let slot = 0; slot < slots; slot++) {
      live.bind(pass, slot);
      for (const program of programs) program.encode(pass);
    }
    pass.end();
    timer?.resolve(encoder, slots);
    metrics?.copy(encoder, slots);
    this.#device.queue.submit([encoder.finish()]);
  }

  #metricsReader(steps: number): MetricsReader {
    const { guard, buffers, timer } = this.#parts;
    const rowBytes = 4 * metricWidth(this.config.latents);
    return new MetricsReader(guard, { rows: buffers.rows, rowBytes, timer }, steps);
  }

  /** Runs a forward program over `count` rows, a batch at a time; resolves with `width` numbers a row, by batch. */
  async #inChunks(
    count: number,
    program: Program,
    output: GPUBuffer,
    width: number,
    upload: (first: number, rows: number) => void,
  ): Promise<Float32Array[]> {
    const { batchSize } = this.config;
    const parts: Promise<ArrayBuffer[]>[] = [];
    this.#setSlot(0);
    for (let first = 0; first < count; first += batchSize) {
      const rows = Math.min(batchSize, count - first);
      upload(first, rows);
      this.#run(1, [program]);
      const source: Source = { buffer: output, size: 4 * rows * width };
      parts.push(readBuffers(this.#parts.guard, [source]));
    }
    const read = await Promise.all(parts);
    return read.map(([bytes]) => new Float32Array(bytes));
  }

  #upload(buffer: GPUBuffer, data: Float32Array | Int32Array): void {
    this.#device.queue.writeBuffer(buffer, 0, data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  }
}

function wholeNumber(count: number, of: string): number {
  if (Number.isInteger(count)) return count;
  throw new RangeError(`the numbers given are not a whole number of ${of}`);
}
