import { DeviceGuard } from '../deviceGuard.ts';
import { Pipelines } from '../pipelines.ts';
import type { Kernel } from './kernel.ts';
import { type Live, liveStride, writeLive } from './live.ts';

export type KernelArray = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

export const restingLive: Live = {
  seed: 0,
  step: 0,
  metricsRow: 0,
  gamma: 0,
  beta: 0,
  vaeRate: 0,
  vaeCorrection: 0,
  discriminatorRate: 0,
  discriminatorCorrection: 0,
};

/** Runs one kernel alone on given buffers, for tests and measurements; resolves with what it leaves in each. */
export async function runKernel(
  device: GPUDevice,
  kernel: Kernel,
  arrays: readonly KernelArray[],
  live: Live = restingLive,
): Promise<Uint32Array<ArrayBuffer>[]> {
  const guard = new DeviceGuard(device);
  const pipelines = new Pipelines(device);
  await pipelines.compile([kernel]);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffers = arrays.map((array) => {
    const buffer = device.createBuffer({ size: Math.max(16, array.byteLength), usage });
    device.queue.writeBuffer(buffer, 0, array);
    return buffer;
  });
  const liveBuffer = device.createBuffer({
    size: liveStride,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const bytes = new ArrayBuffer(liveStride);
  writeLive(new DataView(bytes), 0, live);
  device.queue.writeBuffer(liveBuffer, 0, bytes);
  const sizes =
    kernel.sizes &&
    device.createBuffer({
      size: kernel.sizes.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  if (sizes && kernel.sizes) device.queue.writeBuffer(sizes, 0, kernel.sizes);
  const staging = arrays.map((array) =>
    device.createBuffer({
      size: Math.max(16, array.byteLength),
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    }),
  );
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipelines.pipeline(kernel));
  pass.setBindGroup(0, pipelines.liveGroup(liveBuffer), [0]);
  pass.setBindGroup(
    1,
    pipelines.bindGroup(
      kernel,
      buffers.map((buffer) => ({ buffer })),
      sizes && { buffer: sizes },
    ),
  );
  pass.dispatchWorkgroups(...kernel.workgroups);
  pass.end();
  buffers.forEach((buffer, i) => {
    encoder.copyBufferToBuffer(buffer, 0, staging[i], 0, buffer.size);
  });
  device.queue.submit([encoder.finish()]);
  const results = await guard.wait(
    Promise.all(
      staging.map(async (buffer, i) => {
        await buffer.mapAsync(GPUMapMode.READ);
        return new Uint32Array(buffer.getMappedRange().slice(0, arrays[i].byteLength));
      }),
    ),
  );
  for (const buffer of [...buffers, ...staging, liveBuffer]) buffer.destroy();
  sizes?.destroy();
  guard.dispose();
  return results;
}

/** The bits of a buffer as reals. */
export function reals(bits: Uint32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  return new Float32Array(bits.buffer);
}
