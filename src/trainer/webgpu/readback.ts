import type { DeviceGuard } from './deviceGuard.ts';

export interface Source {
  readonly buffer: GPUBuffer;
  /** Bytes. */
  readonly offset?: number;
  readonly size: number;
}

/** Copies of GPU buffers, read in one mapping through a staging buffer that lives only as long. */
export async function readBuffers(guard: DeviceGuard, sources: readonly Source[]): Promise<ArrayBuffer[]> {
  const { device } = guard;
  const total = sources.reduce((sum, source) => sum + source.size, 0);
  const staging = device.createBuffer({
    label: 'readback',
    size: Math.max(4, total),
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder();
  let at = 0;
  for (const { buffer, offset = 0, size } of sources) {
    encoder.copyBufferToBuffer(buffer, offset, staging, at, size);
    at += size;
  }
  device.queue.submit([encoder.finish()]);
  try {
    await guard.wait(staging.mapAsync(GPUMapMode.READ));
    const range = staging.getMappedRange();
    let from = 0;
    return sources.map(({ size }) => {
      const part = range.slice(from, from + size);
      from += size;
      return part;
    });
  } finally {
    staging.destroy();
  }
}
