import { beforeAll, describe } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../../../cli/webgpuDriver.ts';
import { testTiles } from './testTiles.ts';

// Held: the process ends when WebGPU is collected in use.
let webgpu: NodeWebGpu;
let device: GPUDevice;
beforeAll(async () => {
  webgpu = await openNodeWebGpu('swiftshader');
  // Default limits and no features.
  device = await webgpu.adapter.requestDevice();
});

describe('tiles on SwiftShader', () => testTiles(() => device, 100));
