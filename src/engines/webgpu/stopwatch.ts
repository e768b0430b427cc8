import type { DeviceGuard } from './deviceGuard.ts';
import { encodeAlone, type LiveSlots, type Program } from './program.ts';
import { Readback } from './readback.ts';

/** A program done `count` times in one pass. */
export interface TimedPass {
  readonly program: Program;
  readonly count: number;
}

/** Times programs on a device. */
export interface Stopwatch {
  /** What a pass should last for its time to mean something, in ms. */
  readonly passMs: number;
  /** Milliseconds of one program of each pass, of 32 at most; 0 where the clock tells nothing. */
  time(passes: readonly TimedPass[]): Promise<number[]>;
  dispose(): void;
}

const mostPasses = 32;

export function stopwatchOn(guard: DeviceGuard, live: LiveSlots): Stopwatch {
  return guard.device.features.has('timestamp-query')
    ? new TimestampWatch(guard, live)
    : new QueueWatch(guard, live);
}

/** By the GPU's own clock: all passes in one submit. Browsers round its times to a tenth of a millisecond. */
class TimestampWatch implements Stopwatch {
  readonly passMs = 1.5;
  readonly #guard: DeviceGuard;
  readonly #live: LiveSlots;
  readonly #queries: GPUQuerySet;
  readonly #resolved: GPUBuffer;

  constructor(guard: DeviceGuard, live: LiveSlots) {
    const { device } = guard;
    this.#guard = guard;
    this.#live = live;
    this.#queries = device.createQuerySet({ label: 'tile times', type: 'timestamp', count: 2 * mostPasses });
    const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
    this.#resolved = device.createBuffer({ label: 'tile times', size: 16 * mostPasses, usage });
  }

  async time(passes: readonly TimedPass[]): Promise<number[]> {
    const { device } = this.#guard;
    const size = 16 * passes.length;
    const encoder = device.createCommandEncoder();
    passes.forEach(({ program, count }, i) => {
      const timestampWrites = {
        querySet: this.#queries,
        beginningOfPassWriteIndex: 2 * i,
        endOfPassWriteIndex: 2 * i + 1,
      };
      encodeAlone(encoder, program, this.#live, count, { timestampWrites });
    });
    encoder.resolveQuerySet(this.#queries, 0, 2 * passes.length, this.#resolved, 0);
    const readback = new Readback(this.#guard, size);
    readback.copy(encoder, { buffer: this.#resolved, size }, 0);
    device.queue.submit([encoder.finish()]);
    const times = new BigUint64Array(await readback.read());
    return passes.map(({ count }, i) => Math.max(0, Number(times[2 * i + 1] - times[2 * i])) / 1e6 / count);
  }

  dispose(): void {
    this.#queries.destroy();
    this.#resolved.destroy();
  }
}

/** By when the queue says that a pass is done: its messages take up to some milliseconds themselves. */
export class QueueWatch implements Stopwatch {
  readonly passMs = 6;
  readonly #guard: DeviceGuard;
  readonly #live: LiveSlots;

  constructor(guard: DeviceGuard, live: LiveSlots) {
    this.#guard = guard;
    this.#live = live;
  }

  async time(passes: readonly TimedPass[]): Promise<number[]> {
    const { queue } = this.#guard.device;
    await this.#guard.wait(queue.onSubmittedWorkDone());
    const times: number[] = [];
    for (const { program, count } of passes) {
      const start = performance.now();
      const encoder = this.#guard.device.createCommandEncoder();
      encodeAlone(encoder, program, this.#live, count);
      queue.submit([encoder.finish()]);
      await this.#guard.wait(queue.onSubmittedWorkDone());
      times.push((performance.now() - start) / count);
    }
    return times;
  }

  dispose(): void {}
}
