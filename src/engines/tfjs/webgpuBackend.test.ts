import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { startTfjsInNode, startTfjsInNodeIfAny } from '../../../cli/nodeTfjs.ts';
import { presets } from '../../config/presets.ts';
import { createTfjsTrainer } from '../../families/createTfjsTrainer.ts';
import { metricIndex } from '../../families/vae/columns.ts';
import { probeWebGpu } from '../webgpuProbe.ts';
import type { TfjsInfo } from './tfjsInfo.ts';

const { tiny } = presets;
let present: TfjsInfo | null;
beforeAll(async () => {
  present = await startTfjsInNodeIfAny('tfjs-webgpu');
});

/** The backend, started if it was lost; skips the test where there is no driver. */
async function webGpu({ skip }: TestContext): Promise<TfjsInfo> {
  if (!present) skip();
  return startTfjsInNode('tfjs-webgpu');
}

function device(): GPUDevice {
  const backend: unknown = tf.backend();
  if (!(backend instanceof WebGPUBackend)) throw new Error('the WebGPU backend is not in use');
  return backend.device;
}

describe('the WebGPU backend', () => {
  test('names its adapter, as the probe does', async (context) => {
    const { adapter, software } = await webGpu(context);
    expect(adapter).not.toBe('');
    expect(await probeWebGpu()).toEqual({ available: true, adapter, software });
  });

  test('a device that works is used again', async (context) => {
    await webGpu(context);
    const first = device();
    await startTfjsInNode('tfjs-cpu');
    await webGpu(context);
    expect(device()).toBe(first);
  });

  test('steps leave no tensors and no memory behind', async (context) => {
    const trainer = await createTfjsTrainer(tiny, await webGpu(context));
    await trainer.train(4);
    const before = tf.memory();
    await trainer.train(4);
    expect(tf.memory()).toEqual(before);
    trainer.dispose();
  });

  test('AddN adds more tensors than a device allows unless asked', async (context) => {
    await webGpu(context);
    const sum = tf.tidy(() => tf.addN(Array.from({ length: 9 }, (_, i) => tf.fill([4], i + 1))));
    expect([...(await sum.data())]).toEqual([45, 45, 45, 45]);
    sum.dispose();
  });

  test('a lost device ends a run by name, and the backend starts again', async (context) => {
    const backend = await webGpu(context);
    const trainer = await createTfjsTrainer(tiny, backend);
    await trainer.train(1);
    const lost = device();
    lost.destroy();
    await lost.lost;
    const name = 'WebGpuLostError';
    await expect(trainer.train(1)).rejects.toMatchObject({ name });
    await expect(trainer.readParameters()).rejects.toMatchObject({ name });
    trainer.dispose();

    const again = await createTfjsTrainer(tiny, await webGpu(context));
    expect(device()).not.toBe(lost);
    const row = await again.train(1);
    expect(row[metricIndex('reconstruction')]).toBeGreaterThan(0);
    again.dispose();
  });

  test('a device lost in the middle of a call ends it by name', async (context) => {
    const trainer = await createTfjsTrainer(tiny, await webGpu(context));
    await trainer.train(1);
    const pending = trainer.train(1);
    device().destroy();
    await expect(pending).rejects.toMatchObject({ name: 'WebGpuLostError' });
    trainer.dispose();
  });

  test('an operation that the GPU refuses is fatal, and named', async (context) => {
    const trainer = await createTfjsTrainer(tiny, await webGpu(context));
    // A buffer of no use at all is a validation error, which WebGPU reports to nobody but a listener.
    device().createBuffer({ size: 4, usage: 0 });
    await expect(trainer.train(1)).rejects.toMatchObject({ name: 'WebGpuError' });
    trainer.dispose();
    const again = await createTfjsTrainer(tiny, await webGpu(context));
    expect((await again.train(1)).every(Number.isFinite)).toBe(true);
    again.dispose();
  });
});
