import { expect, type Playground, test } from './playground.ts';

async function numbersAfter(
  playground: Playground,
  engine: string,
  steps: number,
): Promise<Map<string, number[]>> {
  await playground.open(`?preset=tiny&engine=${engine}`);
  await expect(playground.engine).toHaveAttribute('data-engine', engine);
  await playground.singleSteps(steps);
  const { file } = await playground.exportWeights();
  return new Map([...file.tensors].map(([name, { data }]) => [name, Array.from(data, Number)]));
}

/** Mean absolute difference of two tensors. */
function difference(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}

for (const engine of ['webgpu', 'wasm', 'tfjs-webgpu'])
  test(`${engine} in the page computes what tfjs does`, async ({ playground }) => {
    test.setTimeout(300_000);
    const tfjs = await numbersAfter(playground, 'tfjs-wasm', 2);
    const found = await numbersAfter(playground, engine, 2);
    expect([...found.keys()]).toEqual([...tfjs.keys()]);
    const start = await numbersAfter(playground, 'tfjs-wasm', 0);
    for (const [name, values] of found) {
      expect(difference(values, tfjs.get(name) ?? []), name).toBeLessThan(5e-6);
      // Two steps moved it, so that the comparison means something.
      expect(difference(values, start.get(name) ?? []), name).toBeGreaterThan(1e-4);
    }
  });

test('beside a software adapter the faster engine trains, and the page says which and why', async ({
  playground,
}) => {
  await playground.open('');
  await expect(playground.machineNote).toContainText('emulated');
  const reasons = await playground.machineReasons();
  await expect(reasons).toContainText(/in software \(.+\), and /);
  await expect(reasons).toContainText(/WebAssembly is [\d.]+ times as fast|is faster than/);
  await playground.page.keyboard.press('Escape');
  await expect(playground.engine).toHaveAttribute('data-engine', /^(webgpu|wasm)$/);
  await playground.singleSteps(1);
});

test('WebGPU that is asked for is taken, and a software adapter is called one', async ({ playground }) => {
  await playground.open('?preset=tiny&engine=webgpu');
  await expect(playground.engine).toHaveAttribute('data-engine', 'webgpu');
  await expect(await playground.machineReasons()).toContainText('software');
  await playground.page.keyboard.press('Escape');
  await playground.singleSteps(1);
});
