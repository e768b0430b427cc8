import type { RowCollector } from '../plan/device.ts';
import type { DeviceGuard } from './deviceGuard.ts';
import type { GpuTimer } from './gpuTimer.ts';
import { Readback } from './readback.ts';

export interface MetricsSource {
  readonly rows: GPUBuffer;
  readonly rowBytes: number;
  readonly timer: GpuTimer | null;
  /** Told of the GPU's time of one step of the last submit, in ms, where it was measured. */
  readonly onTime: (gpuMs: number) => void;
}

/** Collects the rows of metrics of a block of steps behind each of its submits, and reads them in one mapping. */
export class MetricsReader implements RowCollector {
  readonly #rows: GPUBuffer;
  readonly #rowBytes: number;
  readonly #timer: GpuTimer | null;
  readonly #onTime: (gpuMs: number) => void;
  readonly #readback: Readback;
  #time: ReturnType<GpuTimer['reading']> | null = null;
  #end: number;

  constructor(guard: DeviceGuard, { rows, rowBytes, timer, onTime }: MetricsSource, steps: number) {
    this.#rows = rows;
    this.#rowBytes = rowBytes;
    this.#timer = timer;
    this.#onTime = onTime;
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

  async read(): Promise<Float32Array> {
    const bytes = await this.#readback.read();
    const start = this.#timer?.bytes ?? 0;
    const gpuMs = this.#time?.milliseconds(bytes.slice(0, start));
    if (gpuMs !== undefined && gpuMs !== null) this.#onTime(gpuMs);
    return new Float32Array(bytes.slice(start));
  }
}
