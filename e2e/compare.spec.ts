import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { parseRuns } from '../src/record/runFile.ts';
import { expect, type Playground, test } from './playground.ts';
import { seriousProblems } from './seriousProblems.ts';

/** The Compare view as a person meets it. */
function compareOf({ page }: Playground) {
  const views = page.getByRole('navigation', { name: 'Views' });
  const rows = page.getByTestId('run');
  return {
    rows,
    views,
    open: () => views.getByRole('link', { name: 'Compare' }).click(),
    curves: page.getByTestId('overlay').getByTestId('curve'),
    points: page.getByTestId('scatter-point'),
    settings: page.getByTestId('differences').locator('th[data-setting]'),
    notice: page.getByTestId('runs-notice'),
    importFiles: (files: Parameters<Locator['setInputFiles']>[0]) =>
      page.getByTestId('import-files').setInputFiles(files),
  };
}

async function saved(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFile(await download.path());
}

/** Two short runs that differ in gamma. */
async function trainTwo(playground: Playground): Promise<void> {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=tfjs-wasm&gamma=10');
  await playground.play();
  await playground.waitForStep(150);
  await playground.pause();
  await playground.button('Measure now').click();
  await expect(page.getByTestId('scores')).toHaveAttribute('data-step', /\d/, { timeout: 60_000 });
  await playground.button('Reset').click();
  await page.getByRole('button', { name: /^(Throw away|Start over)$/ }).click();
  await expect.poll(() => playground.step()).toBe(0);
  await playground.gammaBox.fill('40');
  await playground.gammaBox.press('Enter');
  await playground.play();
  await playground.waitForStep(150);
  await playground.pause();
}

const first = 'FactorVAE γ 10, tiny, seed 0';
const second = 'FactorVAE γ 40, tiny, seed 0';

test('two runs: their curves, the setting that differs, files, deletion and import', async ({
  playground,
}) => {
  const { page } = playground;
  const compare = compareOf(playground);
  await trainTwo(playground);
  await compare.open();
  await expect(compare.rows).toHaveCount(2);
  await expect(compare.curves).toHaveCount(2);
  for (const curve of await compare.curves.all())
    expect((await curve.getAttribute('d'))?.split('L').length).toBeGreaterThan(100);
  await expect(compare.settings).toHaveText(['gamma']);
  await expect(compare.points).toHaveCount(1);
  await expect(compare.points).toHaveAccessibleName(/FactorVAE γ 10: reconstruction \d+.*metric 0\.\d+/);
  expect(await seriousProblems(page)).toEqual([]);

  const choose = async (name: RegExp) => {
    await playground.button('Export runs').click();
    await page.getByRole('menuitem', { name }).click();
  };
  const json = await saved(page, () => choose(/^JSON/));
  const { records, problems } = parseRuns(json.toString(), 'factorvae-runs.json');
  expect(problems).toEqual([]);
  expect(records.map(({ name, config }) => [name, config.gamma])).toEqual([
    [second, 40],
    [first, 10],
  ]);
  const [header, ...lines] = (await saved(page, () => choose(/^CSV/))).toString().trimEnd().split('\n');
  expect(header).toBe('\uFEFFrun,step,metric,value');
  expect(lines.length).toBeGreaterThan(500);
  for (const line of lines) expect(line).toMatch(/^"FactorVAE γ (10|40), tiny, seed 0",\d+,\w+,-?[\d.e-]+$/);
  const png = await saved(page, () =>
    page.getByRole('button', { name: 'Save Reconstruction, nats as PNG' }).click(),
  );
  expect(png.subarray(1, 4).toString()).toBe('PNG');

  // The run of the Train view stays; the other goes, comes back by Undo, and again from the file.
  await expect(page.getByRole('button', { name: `Delete ${second}` })).toBeDisabled();
  await page.getByRole('button', { name: `Delete ${first}` }).click();
  await expect(compare.rows).toHaveCount(1);
  await playground.button('Undo').click();
  await expect(compare.rows).toHaveCount(2);
  await page.getByRole('button', { name: `Delete ${first}` }).click();
  await expect(compare.rows).toHaveCount(1);
  await compare.importFiles({ name: 'runs.json', mimeType: 'application/json', buffer: json });
  await expect(compare.notice).toHaveText('1 run imported. 1 run already here.');
  await expect(compare.rows).toHaveCount(2);

  // After a reload both are read from the browser's storage; the way back leads to where one was.
  await page.reload();
  await expect(compare.rows).toHaveCount(2);
  await compare.views.getByRole('link', { name: 'Train' }).click();
  await playground.ready();
  await page.goBack();
  await expect(compare.rows).toHaveCount(2);
  for (const width of [390, 768, 1440, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

test('training goes on in the Compare view, and names can be given', async ({ playground }) => {
  const { page } = playground;
  const compare = compareOf(playground);
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  await compare.open();
  await expect(page.getByTestId('no-runs')).toContainText('npm run train');
  expect(await seriousProblems(page)).toEqual([]);
  await playground.play();
  await expect(compare.rows).toHaveCount(1);
  await expect(compare.rows).toContainText('training');
  const steps = async () => Number(await compare.rows.getAttribute('data-steps'));
  const before = await steps();
  await expect.poll(steps).toBeGreaterThan(before);
  const name = compare.rows.getByRole('textbox', { name: 'Name of the run' });
  await name.fill('my run');
  await name.press('Enter');
  await playground.pause();
  await expect(compare.rows).toContainText('present');
  await expect(name).toHaveValue('my run');
  await page.reload();
  await expect(page.getByTestId('run').getByRole('textbox')).toHaveValue('my run');
});

test('the record of npm run train is a run to compare, from a file or a folder', async ({ playground }) => {
  const { page } = playground;
  const compare = compareOf(playground);
  const out = await mkdtemp(join(tmpdir(), 'runs-'));
  try {
    await promisify(execFile)(process.execPath, [
      ...['cli/run.mjs', 'cli/train.ts', '--preset', 'tiny', '--engine', 'tfjs-wasm'],
      ...['--gamma', '5,30', '--steps', '40', '--out', out],
    ]);
    await playground.open('?preset=tiny&engine=tfjs-wasm#compare');
    await compare.importFiles(join(out, 'gamma-5', 'run.json'));
    await expect(compare.notice).toHaveText('1 run imported.');
    await page.getByTestId('import-folder').setInputFiles(out);
    await expect(compare.notice).toHaveText('1 run imported. 1 run already here.');
    await expect(compare.curves).toHaveCount(2);
    await expect(compare.points).toHaveCount(2);
    await expect(compare.settings).toHaveText(['gamma']);
    // The same as one file, gathered from the sweep.
    await promisify(execFile)(process.execPath, ['cli/run.mjs', 'cli/sweep.ts', 'gather', out]);
    await compare.importFiles(join(out, 'runs.json'));
    await expect(compare.notice).toHaveText('2 runs already here.');
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});

test('a fork goes on from the weights of a kept run, with another gamma, and names its parent', async ({
  playground,
}) => {
  const { page } = playground;
  const compare = compareOf(playground);
  await playground.open('?preset=tiny&engine=tfjs-wasm&gamma=10');
  await playground.play();
  await playground.waitForStep(150);
  const step = await playground.pause();
  const parent = await playground.exportWeights();
  await playground.button('Reset').click();
  await page.getByRole('button', { name: /^(Throw away|Start over)$/ }).click();
  await expect.poll(() => playground.step()).toBe(0);

  await compare.open();
  await page.getByRole('button', { name: `Fork ${first}` }).click();
  const dialog = page.getByRole('dialog', { name: 'Fork a run' });
  const gamma = dialog.getByRole('textbox', { name: 'gamma' });
  await gamma.fill('900');
  await expect(dialog).toContainText('At most 200');
  await gamma.fill('60');
  expect(await seriousProblems(page)).toEqual([]);
  await playground.button('Start the fork').click();
  await expect.poll(() => playground.step()).toBe(step);
  await playground.ready();
  expect(await playground.gamma()).toBe(60);
  await expect(page.getByTestId('parent')).toContainText(first);
  const fork = await playground.exportWeights();
  for (const [name, { data }] of parent.file.tensors) expect(fork.file.tensors.get(name)?.data).toEqual(data);

  await playground.play();
  await playground.waitForStep(step + 120);
  await playground.pause();
  await compare.open();
  await expect(compare.rows).toHaveCount(2);
  await expect(compare.rows.first()).toContainText(`from “${first}”, step ${step}`);
  await expect(compare.curves).toHaveCount(2);
  await expect(compare.settings).toHaveText(['gamma']);
});

test('the comparison of docs/evidence: loaded, grouped by setting, opened to its seeds, ordered and deleted', async ({
  playground,
}) => {
  const { page } = playground;
  const compare = compareOf(playground);
  const groups = page.getByTestId('run-group');
  await playground.open('?preset=tiny&engine=tfjs-wasm#compare');
  await page.getByRole('button', { name: 'Load the comparison' }).click();
  await expect(compare.notice).toHaveText('50 runs imported.', { timeout: 60_000 });
  await expect(groups).toHaveCount(5);
  await expect(compare.rows).toHaveCount(0);
  // InfoWGAN-GP has no reconstruction, and so neither points nor curves of it.
  await expect(compare.points).toHaveCount(40);
  await expect(compare.curves).toHaveCount(4);
  const gammaSix = groups.filter({ hasText: 'FactorVAE γ 6' });
  await expect(gammaSix).toContainText('10 seeds');
  await expect(gammaSix).toContainText('γ 6');
  await expect(
    groups.filter({ hasText: 'beta-VAE β 2' }).getByRole('cell', { name: 'β 2', exact: true }),
  ).toBeVisible();
  // Mean and range of the metric, as docs/evidence has them.
  await expect(gammaSix).toContainText('0.88');
  await expect(gammaSix).toContainText('0.71 to 1');

  await page.getByTestId('run-table').getByRole('button', { name: 'FactorVAE metric' }).click();
  await expect(groups.first()).toContainText('FactorVAE γ 6');
  await page.getByTestId('run-table').getByRole('button', { name: 'FactorVAE metric' }).click();
  await expect(groups.last()).toContainText('FactorVAE γ 6');

  await gammaSix.getByRole('button', { name: /FactorVAE γ 6/, expanded: false }).click();
  await expect(compare.rows).toHaveCount(10);
  await gammaSix.getByRole('checkbox').uncheck();
  await expect(compare.points).toHaveCount(30);
  await expect(compare.curves).toHaveCount(3);

  await expect(page.getByTestId('run-traversals')).toHaveCount(0);
  await compare.points.first().click();
  const picture = page.getByTestId('run-traversals').getByRole('img', { name: /^Latent traversals of/ });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(9 * 33 + 1);
  await page.getByRole('button', { name: 'Close the traversals' }).click();

  await page.getByRole('checkbox', { name: 'Group seeds' }).uncheck();
  await expect(compare.rows).toHaveCount(50);
  await expect(compare.curves).toHaveCount(30);
  await page.getByRole('checkbox', { name: 'Group seeds' }).check();

  await gammaSix.getByRole('button', { name: /^Delete the runs/ }).click();
  await expect(groups).toHaveCount(4);
  await expect(compare.notice).toContainText('Deleted 10 runs.');
  await compare.notice.getByRole('button', { name: 'Undo' }).click();
  await expect(groups).toHaveCount(5);
  expect(await seriousProblems(page)).toEqual([]);
});
