import type { ProductChoice, StepCost } from '../../config/engines.ts';
import type { NamedTensors } from '../../model/parameters.ts';
import type { Plan } from '../../plan/program.ts';
import { type Slot, sampleLength } from '../../plan/slots.ts';
import type { LiveValues, LoneProgram, LoneStage, PlanDevice, State } from '../plan/device.ts';
import type { DeviceGuard } from './deviceGuard.ts';
import type { GpuTimer } from './gpuTimer.ts';
import type { KeptParameters } from './keptParameters.ts';
import type { GpuMemory } from './memory.ts';
import { MetricsReader } from './metricsReader.ts';
import { padRows, unpadRows } from './paddedRows.ts';
import { type PlanMemory, paddedSample } from './planMemory.ts';
import type { LiveSlots, Program } from './program.ts';
import { readBuffers } from './readback.ts';

/** A program of the plan with its kernels. */
export interface ReadyProgram {
  readonly repeats: number;
  readonly draw: Program;
  readonly operations: Program;
  /** Of its stages behind the one that draws, the number of the dispatch behind the last one. */
  readonly stageEnds: readonly number[];
}

/** What `prepareWebGpuPlan` makes. */
export interface WebGpuPlanParts {
  readonly plan: Plan;
  /** Numbers in a row of metrics. */
  readonly columns: number;
  readonly guard: DeviceGuard;
  readonly memory: GpuMemory;
  readonly buffers: PlanMemory;
  readonly live: LiveSlots;
  readonly kept: KeptParameters;
  readonly step: readonly ReadyProgram[];
  readonly encode: Program;
  /** The same on the kept parameters, made when it is first asked for. */
  readonly encodeKept: () => Program;
  readonly decode: Program;
  readonly discriminate: Program;
  /** Name of the kernels chosen for this GPU, and which of them each product has. */
  readonly kernels: string;
  readonly choices: readonly ProductChoice[];
  readonly submitMs: number;
  readonly timer: GpuTimer | null;
  /** See StepCost. */
  readonly peakRate: number | null;
}

/** A plan on a GPU: a step is one compute pass over buffers that are allocated once. */
export class WebGpuPlan implements PlanDevice {
  readonly parts: WebGpuPlanParts;
  readonly maxSteps: number;
  readonly submitMs: number;
  readonly #passes: number;
  /** Milliseconds of a step by the GPU's clock. */
  #gpuTime: number | null = null;

  constructor(parts: WebGpuPlanParts) {
    this.parts = parts;
    this.maxSteps = parts.buffers.steps;
    this.submitMs = parts.submitMs;
    this.#passes = parts.step.reduce((sum, { repeats }) => sum + repeats, 0);
  }

  get dispatchesPerStep(): number {
    return this.parts.step.reduce(
      (sum, { repeats, draw, operations }) => sum + repeats * (draw.length + operations.length),
      0,
    );
  }

  get cost(): StepCost {
    const { peakRate, memory } = this.parts;
    return { dispatches: this.dispatchesPerStep, gpuMs: this.#gpuTime, peakRate, bytes: memory.bytes };
  }

  get choices(): readonly ProductChoice[] {
    return this.parts.choices;
  }

  check(): void {
    this.parts.guard.check();
  }

  setLive(place: number, live: LiveValues): void {
    this.parts.live.set(place, live);
  }

  collect(steps: number): MetricsReader {
    const { guard, buffers, columns, timer } = this.parts;
    const onTime = (gpuMs: number) => {
      this.#gpuTime = gpuMs;
    };
    return new MetricsReader(guard, { rows: buffers.rows, rowBytes: 4 * columns, timer, onTime }, steps);
  }

  submitSteps(steps: number, rows: MetricsReader, only: string | null): void {
    const { live } = this.parts;
    live.upload(this.#queue, steps * this.#passes);
    this.#submit(steps, rows, (pass) => {
      let place = 0;
      for (let step = 0; step < steps; step++)
        for (const { repeats, draw, operations } of this.parts.step)
          for (let repeat = 0; repeat < repeats; repeat++) {
            live.bind(pass, place++);
            draw.encode(pass);
            operations.encode(pass, only);
          }
    });
  }

  submitProgram(program: LoneProgram, place: number, rows?: MetricsReader): void {
    const { live } = this.parts;
    live.upload(this.#queue, this.#passes);
    this.#submit(1, rows, (pass) => {
      live.bind(pass, place);
      this.#ready(program).encode(pass, program.kind === 'step' ? program.only : null);
    });
  }

  submitStage({ program, stage, only }: LoneStage, place: number, rows?: MetricsReader): void {
    const { live } = this.parts;
    const { draw, operations, stageEnds } = this.parts.step[program];
    live.upload(this.#queue, this.#passes);
    this.#submit(
      1,
      rows,
      (pass) => {
        live.bind(pass, place);
        if (stage === 0) draw.encode(pass);
        else operations.encode(pass, only, [stage === 1 ? 0 : stageEnds[stage - 2], stageEnds[stage - 1]]);
        // The time of a stage is not that of a step.
      },
      null,
    );
  }

  writeSlot(slot: Slot, numbers: Float32Array | Int32Array): void {
    const padded = padRows(slot, numbers);
    this.#queue.writeBuffer(
      this.parts.buffers.slot(slot),
      0,
      padded.buffer,
      padded.byteOffset,
      padded.byteLength,
    );
  }

  async readSlot(slot: Slot, rows: number): Promise<Float32Array> {
    const { guard, buffers } = this.parts;
    const source = { buffer: buffers.slot(slot), size: 4 * rows * paddedSample(slot) };
    const [bytes] = await readBuffers(guard, [source]);
    return unpadRows(slot, new Float32Array(bytes), rows * sampleLength(slot));
  }

  async readParameters(): Promise<NamedTensors> {
    const { guard, buffers } = this.parts;
    const { layout, parameters } = buffers;
    const [bytes] = await readBuffers(guard, [{ buffer: parameters, size: 4 * layout.length }]);
    return layout.unflatten(new Float32Array(bytes));
  }

  async readState(): Promise<State> {
    const { layout } = this.parts.buffers;
    const sources = this.#stateBuffers.map((buffer) => ({ buffer, size: buffer.size }));
    const read = await readBuffers(this.parts.guard, sources);
    const [parameters, firstMoments, secondMoments] = read.map((bytes) => {
      // What nobody trains has no moments: they are zero.
      const flat = new Float32Array(layout.length);
      flat.set(new Float32Array(bytes).subarray(0, layout.length));
      return layout.unflatten(flat);
    });
    return { parameters, firstMoments, secondMoments };
  }

  writeState(parameters: NamedTensors, moments?: Omit<State, 'parameters'>): void {
    const { layout } = this.parts.buffers;
    // All are checked before one goes to the device.
    const parts = moments ? [parameters, moments.firstMoments, moments.secondMoments] : [parameters];
    const flat = parts.map((tensors) => layout.flatten(tensors));
    this.#stateBuffers.slice(0, flat.length).forEach((buffer, i) => {
      const numbers = Math.min(flat[i].length, buffer.size / 4);
      this.#queue.writeBuffer(buffer, 0, flat[i], 0, numbers);
    });
    if (!moments) this.#clearMoments();
  }

  isFinite(): Promise<boolean> {
    return this.parts.kept.isFinite(this.parts.live);
  }

  save(): void {
    this.parts.kept.save();
  }

  restore(): void {
    this.parts.kept.restore();
  }

  dispose(): void {
    this.parts.timer?.dispose();
    this.parts.memory.dispose();
    this.parts.guard.dispose();
  }

  get #queue(): GPUQueue {
    return this.parts.guard.device.queue;
  }

  /** Parameters and both moments. */
  get #stateBuffers(): readonly GPUBuffer[] {
    const { parameters, firstMoment, secondMoment } = this.parts.buffers;
    return [parameters, firstMoment, secondMoment];
  }

  #clearMoments(): void {
    const { firstMoment, secondMoment } = this.parts.buffers;
    const encoder = this.parts.guard.device.createCommandEncoder();
    encoder.clearBuffer(firstMoment);
    encoder.clearBuffer(secondMoment);
    this.#queue.submit([encoder.finish()]);
  }

  #ready(program: LoneProgram): Program {
    switch (program.kind) {
      case 'step':
        return this.parts.step[program.program].operations;
      case 'encode':
        return program.kept ? this.parts.encodeKept() : this.parts.encode;
      case 'decode':
        return this.parts.decode;
      case 'discriminate':
        return this.parts.discriminate;
    }
  }

  #submit(
    steps: number,
    rows: MetricsReader | undefined,
    encode: (pass: GPUComputePassEncoder) => void,
    timer = this.parts.timer,
  ): void {
    const { guard } = this.parts;
    const encoder = guard.device.createCommandEncoder();
    const pass = encoder.beginComputePass(timer ? { timestampWrites: timer.writes } : {});
    encode(pass);
    pass.end();
    timer?.resolve(encoder, steps);
    rows?.copy(encoder, steps);
    this.#queue.submit([encoder.finish()]);
  }
}
