import type { GpuMemory } from './memory.ts';
import type { Source } from './readback.ts';

/** Times the passes of submits by the GPU's own clock, where it has timestamps. Only the last pass's time is kept. */
export class GpuTimer {
  readonly #queries: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  /** Bytes to read for a time. */
  readonly bytes = 16;
  #steps = 0;

  /** Null on a device without timestamp queries. */
  static on(device: GPUDevice, memory: GpuMemory): GpuTimer | null {
    return device.features.has('timestamp-query') ? new GpuTimer(device, memory) : null;
  }

  private constructor(device: GPUDevice, memory: GpuMemory) {
    this.#queries = device.createQuerySet({ label: 'step times', type: 'timestamp', count: 2 });
    const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
    this.#resolved = memory.raw('step times', 'transfer', this.bytes, usage);
  }

  /** For the descriptor of the pass to time. */
  get writes(): GPUComputePassTimestampWrites {
    return { querySet: this.#queries, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
  }

  /** After the timed pass, which did `steps` steps. */
  resolve(encoder: GPUCommandEncoder, steps: number): void {
    encoder.resolveQuerySet(this.#queries, 0, 2, this.#resolved, 0);
    this.#steps = steps;
  }

  /** What to read for the time of the pass resolved last, and how to understand it. */
  reading(): { readonly source: Source; readonly milliseconds: (bytes: ArrayBuffer) => number | null } {
    const steps = this.#steps;
    return {
      source: { buffer: this.#resolved, size: this.bytes },
      // Null where the clock gave nothing sensible.
      milliseconds: (bytes) => {
        const [begin, end] = new BigUint64Array(bytes);
        const nanoseconds = Number(end - begin);
        return steps > 0 && nanoseconds > 0 ? nanoseconds / 1e6 / steps : null;
      },
    };
  }

  dispose(): void {
    this.#queries.destroy();
  }
}
