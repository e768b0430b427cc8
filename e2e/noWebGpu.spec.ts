import { expect, test } from './playground.ts';

test('without a WebGPU adapter the page says why, and trains on wasm', async ({ playground }) => {
  await playground.open('');
  expect(
    await playground.page.evaluate(async () => (await navigator.gpu?.requestAdapter()) ?? null),
  ).toBeNull();
  await expect(playground.machineNote).toContainText('No GPU found');
  await expect(await playground.machineReasons()).toContainText(/WebGPU.*(driver|block|flag|adapter)/i);
  await playground.page.keyboard.press('Escape');
  await expect(playground.engine).toHaveAttribute('data-engine', 'wasm');
  await playground.play();
  await playground.waitForStep(5);
});

test('a browser that has no WebGPU at all is told so, and trains all the same', async ({ playground }) => {
  // The Worker is the one that asks, so it is taken from there too.
  await playground.page.route(/\/assets\/worker-.*\.js$/, async (route) => {
    const response = await route.fetch();
    const hide = "Object.defineProperty(navigator, 'gpu', { value: undefined });\n";
    await route.fulfill({ response, body: hide + (await response.text()) });
  });
  await playground.open('?preset=tiny');
  await expect(await playground.machineReasons()).toContainText(/browser/i);
  await playground.page.keyboard.press('Escape');
  await expect(playground.engine).toHaveAttribute('data-engine', 'wasm');
  await playground.play();
  await playground.waitForStep(5);
});

test('WebGPU asked for by the address is not taken silently', async ({ playground }) => {
  await playground.open('?preset=tiny&engine=webgpu');
  await expect(playground.engine).not.toHaveAttribute('data-engine', 'webgpu');
  await expect(await playground.machineReasons()).toContainText('WebGPU');
  await playground.page.keyboard.press('Escape');
  await playground.singleSteps(1);
});
