import { expect, type Playground, test } from './playground.ts';

/** Has the Worker see a processor of so many cores. */
async function pretendCores(playground: Playground, cores: number): Promise<void> {
  await playground.page.route(/\/assets\/worker-.*\.js$/, async (route) => {
    const response = await route.fetch();
    const pretend = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${cores} });\n`;
    await route.fulfill({ response, body: pretend + (await response.text()) });
  });
}

test('tfjs on wasm takes threads where the page is isolated, and computes the same with them', async ({
  playground,
}) => {
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  await playground.singleSteps(3);
  const single = await playground.exportWeights();

  await pretendCores(playground, 4);
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  await expect(playground.engine).toContainText('2 threads');
  await playground.singleSteps(3);
  const threaded = await playground.exportWeights();
  for (const [name, { data }] of threaded.file.tensors) {
    const other = Array.from(single.file.tensors.get(name)?.data ?? [], Number);
    const largest = Math.max(...Array.from(data, Number).map((value, i) => Math.abs(value - other[i])));
    expect(largest, name).toBeLessThan(1e-4);
  }
});

test('the WebAssembly engine takes a thread a core, and any number of them gives the same bits', async ({
  playground,
}) => {
  const weightsWith = async (cores: number) => {
    await pretendCores(playground, cores);
    await playground.open('?preset=quick&engine=wasm');
    await expect(playground.engine).toContainText(cores === 1 ? 'one thread' : `${cores} threads`);
    await playground.singleSteps(3);
    const { file } = await playground.exportWeights();
    return [...file.tensors].map(([name, { data }]) => [name, Array.from(data, Number)]);
  };
  const single = await weightsWith(1);
  await playground.page.unrouteAll();
  expect(await weightsWith(3)).toEqual(single);
});
