import { beforeAll, describe, expect, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../../cli/webgpuDriver.ts';
import { presetNames, presets } from '../../config/presets.ts';
import { vaeModel } from '../../families/vae/model.ts';
import { memoryBound } from '../../plan/tensorBytes.ts';
import { createPlanTrainer } from './createPlanTrainer.ts';
import { oneTile } from './oneTile.ts';
import { planReport } from './planReport.ts';
import { requestPlanDevice } from './requestDevice.ts';

let webgpu: NodeWebGpu;
let device: GPUDevice;
beforeAll(async () => {
  webgpu = await openNodeWebGpu('swiftshader');
  device = await requestPlanDevice(webgpu.adapter);
});

const runsOn = () => ({ engine: 'webgpu', adapter: webgpu.name, software: webgpu.software }) as const;

/** Counts what a device makes and does not destroy, and the most bytes there were at a time. */
function counted(target: GPUDevice) {
  const count = { buffers: 0, bytes: 0, mostBytes: 0, others: 0 };
  const wrapper = new Proxy(target, {
    get(object, key) {
      if (key === 'createBuffer')
        return (descriptor: GPUBufferDescriptor) => {
          const buffer = object.createBuffer(descriptor);
          const destroy = buffer.destroy.bind(buffer);
          count.buffers++;
          count.bytes += buffer.size;
          count.mostBytes = Math.max(count.mostBytes, count.bytes);
          buffer.destroy = () => {
            count.buffers--;
            count.bytes -= buffer.size;
            return destroy();
          };
          return buffer;
        };
      const value: unknown = Reflect.get(object, key, object);
      if (typeof value !== 'function') return value;
      if (
        /^create(BindGroup|BindGroupLayout|PipelineLayout|ShaderModule|ComputePipeline|QuerySet|Texture)/.test(
          String(key),
        )
      )
        count.others++;
      return value.bind(object);
    },
  });
  return { wrapper, count };
}

describe('a run takes at most 1.25 times the memory of its tensors', () => {
  // Software drivers compile the kernels of real GPUs slowly: only where these leave the least room.
  const cases = [
    ...presetNames.map((preset) => ({ preset, name: 'kernels of this adapter', options: {} })),
    ...(['tiny', 'quick'] as const).map((preset) => ({
      preset,
      name: 'kernels of real GPUs',
      options: { kernels: oneTile },
    })),
  ];
  test.each(cases)('$preset, $name, with a frozen encoder', async ({ preset, options }) => {
    const { wrapper, count } = counted(device);
    const config = presets[preset];
    // A few geometries are prepared sooner than all of them.
    const shapes3d = { ...config.shapes3d, objectScale: 1, viewOrientation: 1 };
    const model = vaeModel({ ...config, shapes3d });
    const trainer = await createPlanTrainer(model, wrapper, runsOn(), options);
    await trainer.keep();
    await trainer.freezeEncoder();
    const { dispatchesPerStep, bytes, memory, tensorBytes } = planReport(trainer);
    expect(dispatchesPerStep).toBeLessThanOrEqual(90);
    expect(count.bytes).toBe(bytes);
    expect((bytes - memory.images) / tensorBytes).toBeLessThanOrEqual(memoryBound);
    trainer.dispose();
    expect(count.buffers).toBe(0);
  });

  test('with the metrics of a block of steps on their way to JavaScript', async () => {
    const { wrapper, count } = counted(device);
    const trainer = await createPlanTrainer(vaeModel(presets.tiny), wrapper, runsOn());
    await trainer.keep();
    await trainer.train(64);
    expect(count.mostBytes).toBeGreaterThan(count.bytes);
    const { memory, tensorBytes } = planReport(trainer);
    expect((count.mostBytes - memory.images) / tensorBytes).toBeLessThanOrEqual(memoryBound);
    trainer.dispose();
  });
});

test('5000 steps of tiny leave the number of GPU objects and bytes unchanged', async () => {
  const { wrapper, count } = counted(device);
  const trainer = await createPlanTrainer(vaeModel(presets.tiny), wrapper, runsOn());
  await trainer.train(500);
  const before = { ...count };
  expect(before.bytes).toBe(planReport(trainer).bytes);
  for (let i = 0; i < 9; i++) await trainer.train(500);
  expect(count).toEqual(before);
  expect(trainer.step).toBe(5000);
  trainer.dispose();
  expect(count.buffers).toBe(0);
}, 900_000);
