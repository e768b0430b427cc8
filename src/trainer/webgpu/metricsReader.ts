import type { DeviceGuard } from './deviceGuard.ts';
import type { GpuTimer } from './gpuTimer.ts';
import { Readback } from './readback.ts';

/** Metrics of a block of steps and the GPU's time of one of them, in ms, where it was measured. */
export interface BlockMetrics {
  readonly rows: Float32Array;
  readonly gpuMs: number | null;
}

/** Collects the rows of metrics of a block of steps behind each of its submits, and reads them in one mapping. */
export class MetricsReader {
  readonly #rows: GPUBuffer;
  readonly #rowBytes: number;
  readonly #timer: GpuTimer | null;
  readonly #readback: Readback;
  #time: ReturnType<GpuTimer['reading']> | null = null;
  #end: number;

  constructor(
    guard: DeviceGuard,
    { rows, rowBytes, timer }: { rows: GPUBuffer; rowBytes: number; timer: GpuTimer | null },
    steps: number,
  ) {
    this.#rows = rows;
    this.#rowBytes = rowBytes;
    this.#timer = timer;
    // The time of the last submit comes first.
    this.#end = timer?.bytes ?? 0;
    this.#readback = new Readback(guard, this.#end + steps * rowBytes);
  }

  /** Adds to a submit of `count` steps the copy of their rows. */
  copy(encoder: GPUCommandEncoder, count: number): void {
    this.#time = this.#timer?.reading() ?? null;
    if (this.#time) this.#readback.copy(encoder, this.#time.source, 0);
    const size = count * this.#rowBytes;
    this.#readback.copy(encoder, { buffer: this.#rows, size }, this.#end);
    this.#end += size;
  }

  async read(): Promise<BlockMetrics> {
    const bytes = await this.#readback.read();
    const start = this.#timer?.bytes ?? 0;
    return {
      rows: new Float32Array(bytes.slice(start)),
      gpuMs: this.#time?.milliseconds(bytes.slice(0, start)) ?? null,
    };
  }
}
