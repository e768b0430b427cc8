import { readFile } from 'node:fs/promises';
import { type ExportedWeights, expect, type Playground, test } from './playground.ts';

const query = '?preset=tiny&engine=tfjs-wasm&seed=4';

/** Moves gamma so that it acts from the next step on. */
async function moveGamma(playground: Playground, value: number): Promise<void> {
  await playground.gammaBox.fill(String(value));
  await playground.page.keyboard.press('Enter');
  await expect.poll(() => playground.gamma()).toBe(value);
}

/** A run of seven steps, steered after the second and the fourth. */
async function steer(playground: Playground): Promise<Buffer> {
  await playground.open(query);
  await playground.singleSteps(2);
  await moveGamma(playground, 60);
  await expect(playground.page.getByTestId('acts-from')).toContainText('at step 3');
  await playground.singleSteps(2);
  await moveGamma(playground, 5);
  await expect(playground.page.getByTestId('acts-from')).toContainText('at step 5');
  await playground.singleSteps(3);
  return (await playground.exportWeights()).bytes;
}

test('a link replays every move at its step, to the same weights, with a caption; a move of one’s own takes over', async ({
  playground,
}) => {
  const { page } = playground;
  const steered = await steer(playground);
  await playground.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share this run' });
  await expect(dialog).toContainText('its 2 moves act again, at the same steps');
  await dialog.getByRole('textbox', { name: 'Caption' }).fill('Watch row z1 at step 3');
  const link = await dialog.getByTestId('share-link').inputValue();
  expect(link).toContain('moves=gamma3_60-gamma5_5');
  expect(link).toContain('ran=tfjs-wasm');

  await page.goto(link);
  await playground.ready();
  const banner = page.getByTestId('banner-replay');
  await expect(banner).toContainText('Watch row z1 at step 3');
  await expect(banner).toContainText('2 moves act by themselves, the last at step 5');
  await expect(page.getByTestId('other-engine')).toHaveCount(0);
  for (let round = 0; round < 2; round++) {
    expect(await playground.gamma()).toBe(10);
    await playground.singleSteps(7);
    expect(await playground.gamma()).toBe(5);
    expect((await playground.exportWeights()).bytes.equals(steered)).toBe(true);
    // A reset begins the replay again.
    await playground.button('Reset').click();
    await page.getByRole('button', { name: 'Throw away' }).click();
    await expect.poll(() => playground.step()).toBe(0);
  }
  await moveGamma(playground, 33);
  await expect(banner).toContainText('You took over.');
  await playground.singleSteps(1);
  expect(await playground.gamma()).toBe(33);
});

/** A step of one player only, by the keyboard. */
async function stepOf(playground: Playground, name: string): Promise<void> {
  const { page } = playground;
  const before = await playground.step();
  await playground.button('Kinds of step').focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name });
  await expect(item).toBeVisible();
  await item.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => playground.step()).toBe(before + 1);
  await page.keyboard.press('Escape');
  await expect(item).toBeHidden();
  await expect(playground.button('Step')).toBeEnabled();
}

const networkOf = ({ file }: ExportedWeights, network: string) =>
  [...file.tensors].filter(([name]) => name.startsWith(network)).map(([, { data }]) => String(data));

test('a step of one player only leaves the other as it is, is marked, and a link replays it to the same weights', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open(query);
  await playground.singleSteps(1);
  const start = await playground.exportWeights();
  await stepOf(playground, 'Only the discriminator');
  await stepOf(playground, 'Only the discriminator');
  const afterD = await playground.exportWeights();
  expect(networkOf(afterD, 'encoder')).toEqual(networkOf(start, 'encoder'));
  expect(networkOf(afterD, 'decoder')).toEqual(networkOf(start, 'decoder'));
  expect(networkOf(afterD, 'discriminator')).not.toEqual(networkOf(start, 'discriminator'));
  await stepOf(playground, 'Only the VAE');
  const afterVae = await playground.exportWeights();
  expect(networkOf(afterVae, 'discriminator')).toEqual(networkOf(afterD, 'discriminator'));
  expect(networkOf(afterVae, 'encoder')).not.toEqual(networkOf(afterD, 'encoder'));
  await moveGamma(playground, 60);
  await playground.singleSteps(3);
  const { bytes } = await playground.exportWeights();

  const mark = playground.chart('totalCorrelation').getByTestId('discriminator-mark');
  await expect(mark).toHaveAttribute('data-step', '2');
  await expect(mark).toHaveAttribute('data-last-step', '3');
  await expect(mark).toHaveAccessibleName('Only the discriminator learned in steps 2 to 3');
  expect(page.url()).toContain('moves=discriminator2_2-vae4_1-gamma5_60');

  await playground.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share this run' });
  await expect(dialog).toContainText('its 3 moves act again');
  const link = await dialog.getByTestId('share-link').inputValue();
  await page.goto(link);
  await playground.ready();
  await expect(page.getByTestId('banner-replay')).toContainText(
    '3 moves act by themselves, the last at step 5',
  );
  await playground.play();
  await playground.waitForStep(7);
  await playground.pause();
  await expect(mark).toHaveAttribute('data-last-step', '3');
  await playground.button('Reset').click();
  await page.getByRole('button', { name: 'Throw away' }).click();
  await expect.poll(() => playground.step()).toBe(0);
  await playground.singleSteps(7);
  expect((await playground.exportWeights()).bytes.equals(bytes)).toBe(true);
  // beta-VAE has one player: there is nothing to choose.
  await playground.open('?preset=tiny&engine=tfjs-wasm&objective=betaVae');
  await expect(playground.button('Step')).toBeEnabled();
  await expect(playground.button('Kinds of step')).toHaveCount(0);
});

test('what was made on another engine is said; a file replays what is dropped', async ({ playground }) => {
  const { page } = playground;
  await playground.open(`${query}&moves=gamma3_60&ran=webgpu-gpu-1a2b3c`);
  await expect(page.getByTestId('other-engine')).toContainText('another engine');

  await steer(playground);
  await playground.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share this run' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  const drop = (content: string, name: string) =>
    page.evaluate(
      ([body, file]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([body], file, { type: 'application/json' }));
        window.dispatchEvent(
          new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
      },
      [content, name] as const,
    );
  await drop('{"format": 1}', 'broken.json');
  await expect(page.getByTestId('banner-error')).toContainText('broken.json');
  await drop(text, 'factorvae-run.json');
  await expect(page.getByTestId('banner-replay')).toContainText('2 moves act by themselves');
  await playground.ready();
  await expect(page.getByTestId('seed')).toHaveAttribute('data-seed', '4');
  await playground.singleSteps(7);
  const { file } = await playground.exportWeights();
  expect(JSON.parse(file.metadata.config)).toMatchObject({ gamma: 5, seed: 4 });
});

test('too many moves for a link go into a file', async ({ playground }) => {
  const { page } = playground;
  const moves = Array.from({ length: 300 }, (_, i) => `gamma${i + 2}_${1 + (i % 7)}`).join('-');
  await playground.open(`${query}&moves=${moves}`);
  await playground.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share this run' });
  await expect(dialog).toContainText('do not fit into a link');
  expect((await dialog.getByTestId('share-link').inputValue()).length).toBeLessThan(300);
});
