import type { DeviceGuard } from './deviceGuard.ts';

export interface Source {
  readonly buffer: GPUBuffer;
  /** Bytes. */
  readonly size: number;
}

/** A staging buffer, to be filled by copies and read once. */
export class Readback {
  readonly #guard: DeviceGuard;
  readonly #staging: GPUBuffer;

  constructor(guard: DeviceGuard, bytes: number) {
    this.#guard = guard;
    this.#staging = guard.device.createBuffer({
      label: 'readback',
      size: Math.max(4, bytes),
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  /** Adds the copy of a buffer's beginning to byte `at`. */
  copy(encoder: GPUCommandEncoder, { buffer, size }: Source, at: number): void {
    encoder.copyBufferToBuffer(buffer, 0, this.#staging, at, size);
  }

  /** All of it, once everything submitted so far is done. */
  async read(): Promise<ArrayBuffer> {
    try {
      await this.#guard.wait(this.#staging.mapAsync(GPUMapMode.READ));
      return this.#staging.getMappedRange().slice(0);
    } finally {
      this.#staging.destroy();
    }
  }
}

/** Copies of GPU buffers, read in one mapping. */
export async function readBuffers(guard: DeviceGuard, sources: readonly Source[]): Promise<ArrayBuffer[]> {
  const starts = sources.map((_, i) => sources.slice(0, i).reduce((sum, { size }) => sum + size, 0));
  const readback = new Readback(
    guard,
    sources.reduce((sum, { size }) => sum + size, 0),
  );
  const encoder = guard.device.createCommandEncoder();
  sources.forEach((source, i) => {
    readback.copy(encoder, source, starts[i]);
  });
  guard.device.queue.submit([encoder.finish()]);
  const bytes = await readback.read();
  return sources.map(({ size }, i) => bytes.slice(starts[i], starts[i] + size));
}
