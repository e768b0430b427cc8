import { expect, Playground, test } from './playground.ts';

test('two tabs train at once, each its own run', async ({ playground, context }) => {
  await playground.open('?preset=tiny&seed=1');
  const other = new Playground(await context.newPage());
  await other.open('?preset=tiny&seed=2');

  await playground.play();
  await other.play();
  const [first, second] = [await playground.step(), await other.step()];
  await playground.waitForStep(first + 20);
  await other.waitForStep(second + 20);
  await playground.pause();
  await other.pause();
  const [a, b] = [await playground.exportWeights(), await other.exportWeights()];
  expect([a, b].map(({ file }) => JSON.parse(file.metadata.config).seed)).toEqual([1, 2]);
  expect(other.problems).toEqual([]);
});

test('training needs no animation frames, for a hidden tab gets none', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  // A headless browser hides no tab, so the frames are taken away instead: from the page and from the Worker.
  const takeFrames = () => {
    globalThis.requestAnimationFrame = () => 0;
  };
  await page.evaluate(takeFrames);
  const workers = page.workers();
  expect(workers.length).toBeGreaterThan(0);
  for (const worker of workers) await worker.evaluate(takeFrames);
  await playground.play();
  await playground.waitForStep(30);
});
