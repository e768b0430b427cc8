import { expect, type Playground, test } from './playground.ts';

/** Opens an address, trains some steps and takes the weights. */
async function weightsAfter(playground: Playground, query: string, steps: number): Promise<Buffer> {
  await playground.open(query);
  await playground.singleSteps(steps);
  return (await playground.exportWeights()).bytes;
}

test('the same address gives the same numbers, another seed gives others', async ({ playground }) => {
  const query = '?preset=tiny&seed=7&latents=3';
  const first = await weightsAfter(playground, query, 4);
  const again = await weightsAfter(playground, query, 4);
  expect(again.equals(first)).toBe(true);
  const other = await weightsAfter(playground, '?preset=tiny&seed=8&latents=3', 4);
  expect(other.equals(first)).toBe(false);
});

test('the address follows the live settings, and reloading it brings them back', async ({ playground }) => {
  await playground.open('?preset=tiny&seed=3');
  await playground.gammaBox.fill('42');
  await playground.page.keyboard.press('Enter');
  await expect.poll(() => new URL(playground.page.url()).searchParams.get('gamma')).toBe('42');

  await playground.page.reload();
  await playground.ready();
  expect(await playground.gamma()).toBe(42);
  await expect(playground.page.getByTestId('seed')).toHaveAttribute('data-seed', '3');
  await playground.singleSteps(1);
  const { file } = await playground.exportWeights();
  expect(JSON.parse(file.metadata.config)).toMatchObject({ gamma: 42, seed: 3 });
});

test('a moved gamma is the gamma of the very next step', async ({ playground }) => {
  // Moved before the first step it is as if the run had begun with it; one step later the numbers are others.
  const begunWith = await weightsAfter(playground, '?preset=tiny&gamma=120', 3);
  const movedAfter = async (steps: number) => {
    await playground.open('?preset=tiny');
    await playground.singleSteps(steps);
    await playground.gammaBox.fill('120');
    await playground.page.keyboard.press('Enter');
    await expect(playground.page.getByTestId('acts-from')).toContainText(`at step ${steps + 1}`);
    await playground.singleSteps(3 - steps);
    return (await playground.exportWeights()).bytes;
  };
  expect((await movedAfter(0)).equals(begunWith)).toBe(true);
  expect((await movedAfter(1)).equals(begunWith)).toBe(false);
});
