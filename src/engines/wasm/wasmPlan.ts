import { fromChannelsLast, toChannelsLast } from '../../model/layout.ts';
import { fittingTensor, type NamedTensors, sizeOf, type TensorSpec } from '../../model/parameters.ts';
import type { Plan } from '../../plan/program.ts';
import { rowsOf, type Slot, sampleLength } from '../../plan/slots.ts';
import { rangesOf } from '../../plan/stages.ts';
import type { LiveValues, LoneProgram, LoneStage, PlanDevice, RowCollector, State } from '../plan/device.ts';
import { learns } from '../players.ts';
import { writeTable } from './drawing.ts';
import { lower } from './lower.ts';
import { MemoryLayout, maxSteps, operationsOf, type Region } from './memoryLayout.ts';
import type { WasmEngine, WasmInstance } from './module.ts';
import type { RecordList, Update } from './recordList.ts';
import { liveWords, recordBytes, shared } from './records.mjs';

/** Records in memory. */
interface Program {
  readonly at: number;
  readonly count: number;
  readonly updates: readonly Update[];
}

/** A program of the step: what is random in it, and the rest right behind. */
interface StepProgram {
  readonly repeats: number;
  readonly all: Program;
  readonly operations: Program;
  /** Of its stages in turn, the number of the record behind the last one. */
  readonly stageEnds: readonly number[];
}

class Rows implements RowCollector {
  readonly #rows: Float32Array;
  #filled = 0;

  constructor(length: number) {
    this.#rows = new Float32Array(length);
  }

  add(rows: Float32Array): void {
    this.#rows.set(rows, this.#filled);
    this.#filled += rows.length;
  }

  async read(): Promise<Float32Array> {
    return this.#rows;
  }
}

/**
 * A plan in WebAssembly: slots and parameters in one linear memory, operations as records in it, and one call that does
 * all records of a pass. Calls compute before they return.
 */
export class WasmPlan implements PlanDevice {
  readonly maxSteps = maxSteps;
  readonly submitMs = Number.POSITIVE_INFINITY;
  /** What it has to tell is told of GPUs. */
  readonly cost = null;
  readonly choices = [];
  /** Bytes of the run, and of those the copy that `save` makes and the data sets' tables. */
  readonly bytes: { readonly all: number; readonly kept: number; readonly tables: number };
  readonly recordsPerStep: number;
  readonly plan: Plan;
  readonly #columns: number;
  readonly #layout: MemoryLayout;
  readonly #instance: WasmInstance;
  readonly #words: Int32Array;
  readonly #floats: Float32Array;
  readonly #doubles: Float64Array;
  readonly #step: readonly StepProgram[];
  readonly #encode: Program;
  readonly #encodeKept: Program;
  readonly #decode: Program;
  readonly #discriminate: Program;

  /**
   * `columns`: numbers in a row of metrics.
   * @throws AppError WasmMemoryError where the run is too large.
   */
  constructor(plan: Plan, columns: number, engine: WasmEngine) {
    this.plan = plan;
    this.#columns = columns;
    const layout = new MemoryLayout(plan, columns, engine.threads);
    this.#layout = layout;
    const lists: RecordList[] = [];
    let end = layout.bytes;
    const place = (list: RecordList): Program & Pick<RecordList, 'ends'> => {
      lists.push(list);
      const at = end;
      end += list.bytes;
      return { at, count: list.count, updates: list.updates, ends: list.ends };
    };
    const listOf = (operations: Plan['step'][number]['operations'], weights?: 'kept') =>
      place(lower(operations, plan, layout, columns, weights));
    this.#step = plan.step.map((program) => {
      const drawn = listOf(program.draw);
      const rest = listOf(program.operations);
      const updates = rest.updates.map((update) => ({ ...update, record: drawn.count + update.record }));
      const all = { at: drawn.at, count: drawn.count + rest.count, updates };
      const ends = [...drawn.ends, ...rest.ends.map((end) => drawn.count + end)];
      const stageEnds = rangesOf(program).map(({ to }) => (to === 0 ? 0 : ends[to - 1]));
      return { repeats: program.repeats, all, operations: rest, stageEnds };
    });
    this.#encode = listOf(plan.encode?.operations ?? []);
    this.#encodeKept = listOf(plan.encode?.operations ?? [], 'kept');
    this.#decode = listOf(plan.decode?.operations ?? []);
    this.#discriminate = listOf(plan.discriminate?.operations ?? []);

    this.#instance = engine.take(end);
    const { buffer } = this.#instance.memory;
    this.#words = new Int32Array(buffer);
    this.#floats = new Float32Array(buffer);
    this.#doubles = new Float64Array(buffer);
    let at = layout.bytes;
    for (const list of lists) {
      list.write(buffer, at);
      at += list.bytes;
    }
    for (const operation of operationsOf(plan))
      if (operation.kind === 'drawImages')
        writeTable(operation.images.drawing, buffer, layout.tables(operation.images));
    this.recordsPerStep = this.#step.reduce((sum, { repeats, all }) => sum + repeats * all.count, 0);
    this.bytes = { all: end, kept: layout.keptBytes, tables: layout.tableBytes };
  }

  check(): void {}

  setLive(place: number, { seed, draw, metricsRow, values }: LiveValues): void {
    const at = this.#liveAt(place);
    this.#words[(at + liveWords.seed) / 4] = seed;
    this.#words[(at + liveWords.draw) / 4] = draw;
    this.#words[(at + liveWords.metricsRow) / 4] = metricsRow;
    this.#doubles.set(values, (at + liveWords.values) / 8);
  }

  collect(steps: number): Rows {
    return new Rows(steps * this.#columns);
  }

  submitSteps(steps: number, rows: Rows, only: string | null): void {
    let place = 0;
    for (let step = 0; step < steps; step++)
      for (const { repeats, all } of this.#step)
        for (let repeat = 0; repeat < repeats; repeat++) this.#run(all, place++, only);
    rows.add(this.#metrics(steps));
  }

  submitProgram(program: LoneProgram, place: number, rows?: Rows): void {
    this.#run(this.#programOf(program), place, program.kind === 'step' ? program.only : null);
    rows?.add(this.#metrics(1));
  }

  submitStage({ program, stage, only }: LoneStage, place: number, rows?: Rows): void {
    const { all, stageEnds } = this.#step[program];
    this.#run(all, place, only, [stage === 0 ? 0 : stageEnds[stage - 1], stageEnds[stage]]);
    rows?.add(this.#metrics(1));
  }

  writeSlot(slot: Slot, numbers: Float32Array | Int32Array): void {
    const memory = numbers instanceof Int32Array ? this.#words : this.#floats;
    this.#eachLine(slot, numbers.length / sampleLength(slot), (at, from, length) => {
      memory.set(numbers.subarray(from, from + length), at / 4);
    });
  }

  async readSlot(slot: Slot, rows: number): Promise<Float32Array> {
    const numbers = new Float32Array(rows * sampleLength(slot));
    this.#eachLine(slot, rows, (at, from, length) => {
      numbers.set(this.#floats.subarray(at / 4, at / 4 + length), from);
    });
    return numbers;
  }

  async readParameters(): Promise<NamedTensors> {
    return this.#read('values');
  }

  async readState(): Promise<State> {
    return {
      parameters: this.#read('values'),
      firstMoments: this.#read('first'),
      secondMoments: this.#read('second'),
    };
  }

  writeState(parameters: NamedTensors, moments?: Omit<State, 'parameters'>): void {
    // All are checked before one is written.
    const written: [Region, NamedTensors][] = [['values', parameters]];
    if (moments) written.push(['first', moments.firstMoments], ['second', moments.secondMoments]);
    const all = written.map(
      ([region, tensors]) =>
        [
          region,
          this.#layout.tensors.map((spec) => toChannelsLast(spec, fittingTensor(spec, tensors))),
        ] as const,
    );
    if (!moments) this.#clearMoments();
    for (const [region, tensors] of all)
      this.#layout.tensors.forEach((spec, i) => {
        if (this.#has(spec, region)) this.#floats.set(tensors[i], this.#layout.tensor(spec, region) / 4);
      });
  }

  async isFinite(): Promise<boolean> {
    const { at, bytes } = this.#layout.region('values');
    return this.#instance.allFinite(at, bytes / 4);
  }

  save(): void {
    this.#copy('values', 'kept');
  }

  restore(): void {
    this.#copy('kept', 'values');
    this.#clearMoments();
  }

  dispose(): void {
    this.#instance.release();
  }

  #programOf(program: LoneProgram): Program {
    switch (program.kind) {
      case 'step':
        return this.#step[program.program].operations;
      case 'encode':
        return program.kept ? this.#encodeKept : this.#encode;
      case 'decode':
        return this.#decode;
      case 'discriminate':
        return this.#discriminate;
    }
  }

  /** The records of a program, all or from one to before another, but for the updates of optimisers that rest. */
  #run(
    { at, count, updates }: Program,
    place: number,
    only: string | null,
    [from, to]: readonly [number, number] = [0, count],
  ): void {
    this.#words[shared.live / 4] = this.#liveAt(place);
    let done = from;
    for (const { optimiser, record } of updates)
      if (record >= from && record < to && !learns(optimiser, only)) {
        this.#instance.run(at + done * recordBytes, record - done);
        done = record + 1;
      }
    if (done < to) this.#instance.run(at + done * recordBytes, to - done);
  }

  #liveAt(place: number): number {
    return this.#layout.live + place * this.#layout.liveStride;
  }

  /** The first rows of metrics, still in the memory. */
  #metrics(steps: number): Float32Array {
    const at = this.#layout.rows / 4;
    return this.#floats.subarray(at, at + steps * this.#columns);
  }

  /** Calls with the address, the first number and the count of each run of numbers that lies in one piece. */
  #eachLine(slot: Slot, samples: number, line: (at: number, from: number, length: number) => void): void {
    const length = sampleLength(slot);
    const start = this.#layout.rowsAt(rowsOf(slot));
    if (!this.#layout.isBordered(slot.dims)) {
      line(start, 0, samples * length);
      return;
    }
    const picture = this.#layout.picture(rowsOf(slot));
    const numbers = picture.size * picture.channels;
    for (let image = 0; image < samples; image++)
      for (let y = 0; y < picture.size; y++)
        line(
          picture.at + image * picture.image + y * picture.line,
          (image * picture.size + y) * numbers,
          numbers,
        );
  }

  #read(region: Region): NamedTensors {
    return new Map(
      this.#layout.tensors.map((spec) => {
        const numbers = new Float32Array(sizeOf(spec.shape));
        const at = this.#layout.tensor(spec, region) / 4;
        // What nobody trains has no moments: they are zero.
        if (this.#has(spec, region)) numbers.set(this.#floats.subarray(at, at + numbers.length));
        return [spec.name, { shape: spec.shape, data: fromChannelsLast(spec, numbers) }];
      }),
    );
  }

  #has(spec: TensorSpec, region: Region): boolean {
    return region === 'values' || this.plan.optimisers.some(({ layers }) => layers.includes(spec.layer));
  }

  #copy(from: Region, to: Region): void {
    const source = this.#layout.region(from);
    const target = this.#layout.region(to);
    this.#floats.copyWithin(target.at / 4, source.at / 4, (source.at + source.bytes) / 4);
  }

  #clearMoments(): void {
    for (const region of ['first', 'second'] as const) {
      const { at, bytes } = this.#layout.region(region);
      this.#floats.fill(0, at / 4, (at + bytes) / 4);
    }
  }
}
