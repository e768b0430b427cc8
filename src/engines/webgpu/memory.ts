import { AppError } from '../../errors.ts';

/**
 * What a buffer is for; `images` holds what images are drawn from, which the bound on a run's memory does not
 * count, `kept` the copy that `keep` makes, `transfer` numbers on their way to JavaScript.
 */
export const memoryUses = [
  'parameters',
  'gradients',
  'moments',
  'activations',
  'tables',
  'images',
  'transfer',
  'kept',
] as const;
export type MemoryUse = (typeof memoryUses)[number];
export type MemoryReport = Readonly<Record<MemoryUse, number>>;

/** What is asked of a device's limits, and why. */
export interface Need {
  readonly limit: 'maxStorageBufferBindingSize' | 'maxBufferSize';
  readonly bytes: number;
  readonly label: string;
}

/** Makes a run's buffers, counts their bytes by use, and destroys them together. */
export class GpuMemory {
  readonly #device: GPUDevice;
  readonly #buffers: { readonly buffer: GPUBuffer; readonly use: MemoryUse }[] = [];

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /**
   * A buffer of `length` numbers of four bytes, all zero. Storage, copies to and from it, and whatever `usage` adds.
   * @throws AppError WebGpuLimitError, naming the limit, if the device allows no buffer of that size.
   */
  storage(label: string, use: MemoryUse, length: number, bound = length): GPUBuffer {
    this.#need({ limit: 'maxStorageBufferBindingSize', bytes: 4 * bound, label });
    return this.raw(
      label,
      use,
      4 * length,
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    );
  }

  raw(label: string, use: MemoryUse, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    this.#need({ limit: 'maxBufferSize', bytes, label });
    const buffer = this.#device.createBuffer({ label, size: Math.max(16, Math.ceil(bytes / 4) * 4), usage });
    this.#buffers.push({ buffer, use });
    return buffer;
  }

  /** Bytes that a kernel can see of one buffer at most. */
  get mostBound(): number {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.#device.limits;
    return Math.min(maxStorageBufferBindingSize, maxBufferSize);
  }

  /** All of them together. */
  get bytes(): number {
    return this.#buffers.reduce((sum, { buffer }) => sum + buffer.size, 0);
  }

  report(): MemoryReport {
    const total = (use: MemoryUse) =>
      this.#buffers.reduce((sum, entry) => (entry.use === use ? sum + entry.buffer.size : sum), 0);
    return {
      parameters: total('parameters'),
      gradients: total('gradients'),
      moments: total('moments'),
      activations: total('activations'),
      tables: total('tables'),
      images: total('images'),
      transfer: total('transfer'),
      kept: total('kept'),
    };
  }

  dispose(): void {
    for (const { buffer } of this.#buffers) buffer.destroy();
    this.#buffers.length = 0;
  }

  #need({ limit, bytes, label }: Need): void {
    const allowed = this.#device.limits[limit];
    if (bytes <= allowed) return;
    throw new AppError('WebGpuLimitError', { needed: bytes, buffer: label, limit, allowed });
  }
}
