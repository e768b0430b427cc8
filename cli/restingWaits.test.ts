import { expect, test } from 'vitest';
import { openNodeWebGpu } from './webgpuDriver.ts';

test('waits that follow each other at once take no longer each time', async () => {
  const { gpu, adapter } = await openNodeWebGpu('swiftshader');
  const { queue } = await adapter.requestDevice();
  const time = async (count: number) => {
    const start = performance.now();
    for (let i = 0; i < count; i++) await queue.onSubmittedWorkDone();
    return performance.now() - start;
  };
  const first = await time(100);
  expect(await time(100)).toBeLessThan(3 * first + 100);
  // The driver lives as long as this does.
  expect(gpu).toBeDefined();
});
