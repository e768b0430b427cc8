import type { Page } from '@playwright/test';
import { presets } from '../src/config/presets.ts';
import { clippedLabels, expect, type Playground, test } from './playground.ts';

/** A record as a file may hold it: a point every ten steps. */
function record(name: string, kl: readonly number[], fields: Record<string, unknown> = {}) {
  const steps = kl.map((_, i) => 10 * i + 5);
  return {
    format: 'factorvae-playground/run',
    version: 1,
    name,
    config: presets.tiny,
    preset: 'tiny',
    trainer: { engine: 'tfjs-wasm', adapter: '1 thread', software: true },
    startedAt: '2026-11-24T10:00:00.000Z',
    steps: 10 * kl.length,
    seconds: 1,
    outcome: 'stopped',
    changes: [],
    history: { kl: { from: steps, to: steps, mean: kl, min: kl, max: kl } },
    evaluations: [],
    ...fields,
  };
}

const json = (name: string, value: unknown) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
});

async function openCompare({ page, open }: { page: Page; open: () => Promise<void> }) {
  await open();
  return {
    notice: page.getByTestId('runs-notice'),
    rows: page.getByTestId('run'),
    curve: page.getByTestId('overlay').getByTestId('curve'),
    importFiles: (...files: ReturnType<typeof json>[]) =>
      page.getByTestId('import-files').setInputFiles(files),
  };
}
const compare = (playground: Playground) =>
  openCompare({
    page: playground.page,
    open: () => playground.open('?preset=tiny&engine=tfjs-wasm#compare'),
  });

async function showKl(page: Page, smoothing: 'off' | 'on'): Promise<void> {
  await page.getByRole('radiogroup', { name: 'Metric' }).getByText('KL', { exact: true }).click();
  if (smoothing === 'on') return;
  await page.getByRole('slider', { name: 'Smoothing' }).press('Home');
}

test('on a logarithmic axis values at or below 0 are a marked gap, and the rest is drawn', async ({
  playground,
}) => {
  const { page } = playground;
  const { importFiles, curve, notice } = await compare(playground);
  const kl = [2, 1, 0.5, 0.2, 0, 0, -1e-7, 0.3, 0.6, 1e-9, 1];
  await importFiles(json('gap.json', record('gap', kl)));
  await expect(notice).toHaveText('1 run imported.');
  await showKl(page, 'off');
  const path = (await curve.getAttribute('d')) ?? '';
  expect(path).not.toContain('NaN');
  expect(path.split('M')).toHaveLength(3);
  expect(path.split(/[ML]/)).toHaveLength(1 + 8);
  // The least positive value lies on the plot, not below it.
  const heights = path
    .split(/[ML]/)
    .slice(1)
    .map((place) => Number(place.split(' ')[1]));
  const axis = page.getByTestId('overlay').locator('.recharts-cartesian-axis.xAxis line').first();
  expect(Math.max(...heights)).toBeLessThanOrEqual(Number(await axis.getAttribute('y1')));
  await expect(page.getByTestId('gaps')).toHaveAttribute('d', /l-4 -7h8z.*H/);
  await expect(page.getByTestId('off-axis')).toContainText(
    'gap: 3 values at or below 0 are not on a logarithmic axis',
  );
  // Read where the gap is.
  await page.getByRole('slider', { name: 'KL: step to read' }).focus();
  for (let i = 0; i < 23; i++) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('slider', { name: 'KL: step to read' })).toHaveAttribute(
    'aria-valuetext',
    /gap: 0\.00.* \(at or below 0: not on a logarithmic axis\)/,
  );
  await page.getByRole('checkbox', { name: 'Log scale' }).uncheck();
  await expect(page.getByTestId('off-axis')).toHaveCount(0);
  expect((await curve.getAttribute('d'))?.split(/[ML]/)).toHaveLength(1 + kl.length);
});

for (const [name, kl, label] of [
  ['diverged', [-1.4e13, 2e12, -1.2e13], /^\u22121\.5e13$/],
  ['on one line', [1e21, 1.0004e21, 1e21], /^1\.\d+e21$/],
] as const)
  test(`labels of an axis of values fit, whatever the values are: ${name}`, async ({ playground }) => {
    const { page } = playground;
    const { importFiles } = await compare(playground);
    const overlay = page.getByTestId('overlay');
    await importFiles(json(`${name}.json`, record(name, kl)));
    await showKl(page, 'off');
    await page.getByRole('checkbox', { name: 'Log scale' }).uncheck();
    const labels = overlay.locator('.recharts-yAxis-tick-labels text');
    await expect(labels.filter({ hasText: label }).first()).toBeVisible();
    expect(await clippedLabels(overlay)).toEqual([]);
  });

test('files that are no records are named with what is wrong; nothing of them is kept', async ({
  playground,
}) => {
  const { importFiles, notice, rows } = await compare(playground);
  await importFiles(
    json('weights.safetensors', '\0\0\0'),
    json('huge.json', record('huge', [1, 1e308, 1])),
    json('unsorted.json', record('unsorted', [1, 2, 3], { steps: 2 })),
    json('good.json', record('good', [1, 2, 3])),
  );
  await expect(notice).toContainText('1 run imported.');
  await expect(notice).toContainText('weights.safetensors is not a run record (expected JSON).');
  await expect(notice).toContainText('huge.json is not a valid run record: "history.kl.mean.1" is wrong');
  await expect(notice).toContainText('unsorted.json is not a valid run record: "history.kl" is wrong');
  await expect(rows).toHaveCount(1);
});

test('a bad record in the browser\u2019s storage is named, and the page and the other runs stay', async ({
  playground,
}) => {
  const { page } = playground;
  const { importFiles, rows } = await compare(playground);
  await importFiles(json('good.json', record('good', [1, 2, 3])));
  await expect(rows).toHaveCount(1);
  const bad = [
    record('too huge', [1e21, -1e308, 1e308], { id: 'x' }),
    record('backwards', [1, 2], { id: 'y', steps: 1 }),
    { record: 'none' },
  ];
  await page.evaluate(async (records) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('factorvae-playground');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const store = database.transaction('runs', 'readwrite').objectStore('runs');
    for (const [i, value] of records.entries()) store.put({ key: `bad ${i}`, record: value });
    await new Promise((resolve) => {
      store.transaction.oncomplete = resolve;
    });
    database.close();
  }, bad);
  await page.reload();
  await expect(rows).toHaveCount(1);
  const view = page.getByTestId('compare');
  await expect(view).toContainText('The stored run “too huge” is not a valid run record: "history.kl.');
  await expect(view).toContainText('The stored run “backwards” is not a valid run record');
  await expect(view).toContainText('A stored run is not a run record');
  await view.getByRole('button', { name: 'Delete it' }).first().click();
  await expect(view.getByRole('button', { name: 'Delete it' })).toHaveCount(2);
});

test('extreme values, equal ones, a single point and none are drawn, on either axis', async ({
  playground,
}) => {
  const { page } = playground;
  const { importFiles, rows } = await compare(playground);
  const curves: [string, number[]][] = [
    ['greatest', [3.4e38, 1, -3.4e38]],
    ['tiny', [1e-12, 1e-45, 3e-12]],
    ['equal', [5, 5, 5]],
    ['zeros', [0, 0, 0]],
    ['single', [0.5]],
    ['none', []],
  ];
  await importFiles(
    ...curves.map(([name, kl], i) =>
      json(`${name}.json`, record(name, kl, { startedAt: `2026-11-24T10:00:0${i}.000Z` })),
    ),
  );
  await expect(rows).toHaveCount(curves.length);
  await showKl(page, 'on');
  for (const [name] of curves) {
    // Each by itself, then all together.
    await page.getByRole('checkbox', { name: 'Show all runs' }).setChecked(true);
    for (const [other] of curves)
      if (other !== name) await page.getByRole('checkbox', { name: `Show ${other}`, exact: true }).uncheck();
    for (const log of [true, false]) {
      await page.getByRole('checkbox', { name: 'Log scale' }).setChecked(log);
      const svg = await page.getByTestId('overlay').innerHTML();
      expect(svg).not.toMatch(/NaN|Infinity/);
    }
  }
});
