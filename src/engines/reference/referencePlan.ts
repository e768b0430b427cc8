import type { NamedTensors } from '../../model/parameters.ts';
import type { Operation } from '../../plan/operations.ts';
import type { Plan } from '../../plan/program.ts';
import { type Slot, sampleLength } from '../../plan/slots.ts';
import { rangesOf } from '../../plan/stages.ts';
import type { LiveValues, LoneProgram, LoneStage, PlanDevice, RowCollector, State } from '../plan/device.ts';
import { learns } from '../players.ts';
import { ReferenceMemory } from './referenceMemory.ts';
import { metricsRow, runOperation } from './runOperation.ts';

class Collected implements RowCollector {
  readonly #rows: number[] = [];

  add(row: readonly number[]): void {
    for (const value of row) this.#rows.push(value);
  }

  async read(): Promise<Float32Array> {
    return Float32Array.from(this.#rows);
  }
}

/**
 * A plan in plain TypeScript: slow, in double precision but for parameters and moments, and needing no device. It is what
 * other engines are held against.
 */
export class ReferencePlan implements PlanDevice {
  readonly maxSteps = 1;
  readonly submitMs = Number.POSITIVE_INFINITY;
  readonly cost = null;
  readonly choices = [];
  readonly #plan: Plan;
  readonly #memory: ReferenceMemory;
  readonly #live: LiveValues[] = [];
  #row: readonly number[] = [];

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#memory = new ReferenceMemory(plan);
  }

  check(): void {}

  setLive(place: number, { seed, draw, metricsRow, values }: LiveValues): void {
    this.#live[place] = { seed, draw, metricsRow, values: Float32Array.from(values) };
  }

  collect(): Collected {
    return new Collected();
  }

  submitSteps(steps: number, rows: Collected, only: string | null): void {
    let place = 0;
    for (let step = 0; step < steps; step++) {
      for (const { repeats, draw, operations } of this.#plan.step)
        for (let repeat = 0; repeat < repeats; repeat++) {
          const live = this.#live[place++];
          for (const operation of [...draw, ...operations])
            if (isDone(operation, only)) this.#run(operation, live);
        }
      rows.add(this.#row);
    }
  }

  submitProgram(program: LoneProgram, place: number, rows?: Collected): void {
    const kept = program.kind === 'encode' && program.kept;
    const only = program.kind === 'step' ? program.only : null;
    for (const operation of this.#operations(program))
      if (isDone(operation, only)) this.#run(operation, this.#live[place], kept);
    rows?.add(this.#row);
  }

  submitStage({ program, stage, only }: LoneStage, place: number, rows?: Collected): void {
    const { draw, operations, stages } = this.#plan.step[program];
    const { from, to } = rangesOf({ draw, stages })[stage];
    for (const operation of [...draw, ...operations].slice(from, to))
      if (isDone(operation, only)) this.#run(operation, this.#live[place]);
    rows?.add(this.#row);
  }

  writeSlot(slot: Slot, numbers: Float32Array | Int32Array): void {
    this.#memory.numbers(slot).set(numbers);
  }

  async readSlot(slot: Slot, rows: number): Promise<Float32Array> {
    return Float32Array.from(this.#memory.numbers(slot).subarray(0, rows * sampleLength(slot)));
  }

  async readParameters(): Promise<NamedTensors> {
    return this.#memory.read('values');
  }

  async readState(): Promise<State> {
    return {
      parameters: this.#memory.read('values'),
      firstMoments: this.#memory.read('first'),
      secondMoments: this.#memory.read('second'),
    };
  }

  writeState(parameters: NamedTensors, moments?: Omit<State, 'parameters'>): void {
    this.#memory.write(parameters, moments);
  }

  async isFinite(): Promise<boolean> {
    return this.#memory.isFinite();
  }

  save(): void {
    this.#memory.save();
  }

  restore(): void {
    this.#memory.restore();
  }

  dispose(): void {}

  #operations(program: LoneProgram): readonly Operation[] {
    const { step, encode, decode, discriminate } = this.#plan;
    switch (program.kind) {
      case 'step':
        return step[program.program].operations;
      case 'encode':
        return encode?.operations ?? [];
      case 'decode':
        return decode?.operations ?? [];
      case 'discriminate':
        return discriminate?.operations ?? [];
    }
  }

  #run(operation: Operation, live: LiveValues, kept = false): void {
    const context = { plan: this.#plan, memory: this.#memory, live, kept };
    if (operation.kind === 'metrics') this.#row = metricsRow(operation, context);
    else runOperation(operation, context);
  }
}

/** An optimiser that rests does not update. */
function isDone(operation: Operation, only: string | null): boolean {
  return operation.kind !== 'adam' || learns(operation.optimiser, only);
}
