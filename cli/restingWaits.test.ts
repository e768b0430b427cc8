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
  await time(100);
  // A millisecond each; were there a rest for every wait before, it would be 100.
  expect(await time(10)).toBeLessThan(500);
  // The driver lives as long as this does.
  expect(gpu).toBeDefined();
});
