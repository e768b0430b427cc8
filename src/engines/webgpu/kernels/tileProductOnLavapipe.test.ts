import { describe, expect, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../../../cli/webgpuDriver.ts';
import { AppError } from '../../../errors.ts';
import { testTiles } from './testTiles.ts';

/** Or why there is none: lavapipe need not be installed. */
async function openLavapipe(): Promise<NodeWebGpu | AppError> {
  try {
    return await openNodeWebGpu('lavapipe');
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

const webgpu = await openLavapipe();
if (webgpu instanceof AppError)
  test('without lavapipe, what to install is said', () => {
    expect(webgpu.name).toBe('NoWebGpuDriverError');
  });
else {
  // Default limits and no features.
  const device = await webgpu.adapter.requestDevice();
  describe('tiles on lavapipe', () => testTiles(() => device, 203));
}
