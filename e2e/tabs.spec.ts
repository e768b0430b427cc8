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

test('a hidden tab keeps training', async ({ playground, context }) => {
  await playground.open('?preset=tiny');
  await playground.play();
  await playground.waitForStep(5);
  const front = await context.newPage();
  await front.bringToFront();
  const before = await playground.step();
  await playground.waitForStep(before + 20);
});
