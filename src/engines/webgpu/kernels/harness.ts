import type { LiveValues } from '../../plan/device.ts';
import { DeviceGuard } from '../deviceGuard.ts';
import { GpuMemory } from '../memory.ts';
import { Pipelines } from '../pipelines.ts';
import { encodeAlone, LiveSlots, Program, SizeTable } from '../program.ts';
import { readBuffers } from '../readback.ts';
import type { Kernel } from './kernel.ts';

export type KernelArray = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

export const restingLive: LiveValues = { seed: 0, draw: 0, metricsRow: 0, values: [] };

/**
 * Runs one kernel alone on given buffers, by the kernel's names for them, for tests and measurements; resolves
 * with what it leaves in each.
 */
export async function runKernel(
  device: GPUDevice,
  kernel: Kernel,
  arrays: Readonly<Record<string, KernelArray>>,
  live: LiveValues = restingLive,
): Promise<Record<string, Uint32Array<ArrayBuffer>>> {
  const guard = new DeviceGuard(device);
  const memory = new GpuMemory(device);
  const pipelines = new Pipelines(device);
  await pipelines.compile([kernel]);
  const buffers = Object.fromEntries(
    Object.entries(arrays).map(([name, array]) => {
      const buffer = memory.storage(name, 'transfer', array.length);
      device.queue.writeBuffer(buffer, 0, array);
      return [name, { buffer, size: Math.max(16, array.byteLength) }];
    }),
  );
  const slots = LiveSlots.single(memory, pipelines);
  slots.set(0, live);
  slots.upload(device.queue, 1);
  const program = new Program(
    [{ kernel, buffers }],
    pipelines,
    new SizeTable([kernel], memory, device.queue),
  );
  const encoder = device.createCommandEncoder();
  encodeAlone(encoder, program, slots);
  device.queue.submit([encoder.finish()]);
  const results = await readBuffers(guard, Object.values(buffers));
  memory.dispose();
  guard.dispose();
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { byteLength }], i) => [
      name,
      new Uint32Array(results[i].slice(0, byteLength)),
    ]),
  );
}

/** The bits of a buffer as reals. */
export function reals(bits: Uint32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  return new Float32Array(bits.buffer);
}
