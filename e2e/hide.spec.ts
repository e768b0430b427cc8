import { expect, test } from './playground.ts';

const query = '?preset=tiny&engine=tfjs-wasm';

test('a link leaves panels out, says so in one line, and everything can be shown', async ({ playground }) => {
  const { page } = playground;
  const panel = (name: string) => page.getByRole('region', { name, exact: true });
  await playground.open(`${query}&hide=newrun,disentanglement-curves`);
  const note = page.getByTestId('hidden-note');
  await expect(note).toContainText('This link leaves out New run, Disentanglement and Curves.');
  await expect(panel('Latent traversals')).toBeVisible();
  await expect(panel('Disentanglement')).toHaveCount(0);
  await expect(playground.chart('totalCorrelation')).toHaveCount(0);
  await expect(page.getByTestId('banner-url')).toHaveCount(0);
  await page.keyboard.press('p');
  await expect(panel('Objective')).toBeVisible();
  await expect(playground.chart('totalCorrelation')).toHaveCount(0);
  await page.keyboard.press('p');
  // The run's own changes of the address keep it.
  await playground.gammaBox.fill('33');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain('gamma=33');
  expect(new URL(page.url()).searchParams.get('hide')).toBe('newrun-disentanglement-curves');
  await note.getByRole('button', { name: 'Show everything' }).click();
  await expect(panel('Disentanglement')).toBeVisible();
  await expect(playground.chart('totalCorrelation')).toBeVisible();
  await expect(note).toHaveCount(0);
  expect(page.url()).not.toContain('hide=');

  await playground.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share this run' });
  await dialog.getByText('Leave out panels').click();
  await dialog.getByRole('checkbox', { name: 'Play' }).check();
  const link = await dialog.getByTestId('share-link').inputValue();
  expect(new URL(link).searchParams.get('hide')).toBe('play');
  // Only whoever opens the link goes without.
  expect(page.url()).not.toContain('hide=');
  await page.goto(link);
  await playground.ready();
  await expect(note).toContainText('This link leaves out Play.');
});

test('names that no panel has are told as a problem of the link', async ({ playground }) => {
  const { page } = playground;
  await playground.open(`${query}&hide=play,gammaray`);
  await expect(page.getByTestId('banner-url')).toContainText('there is no panel called gammaray');
  await expect(page.getByTestId('hidden-note')).toContainText('leaves out Play.');
  await playground.open(`${query}&hide=everything`);
  await expect(page.getByTestId('banner-url')).toContainText('hide was ignored');
  await expect(page.getByTestId('hidden-note')).toHaveCount(0);
});
