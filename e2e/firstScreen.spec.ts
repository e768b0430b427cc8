import type { Locator, Page } from '@playwright/test';
import { expect, type Playground, test } from './playground.ts';

const model = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Trained model' }).getByText(name, { exact: true });
const rows = (page: Page) => page.getByTestId('exhibit-rows');
/** The still pictures of a row. */
const row = (page: Page, latent: number) =>
  page.getByTestId(`exhibit-z${latent}`).getByRole('img', { name: /^Traversal of/ });

/** What a canvas shows. */
const shown = (canvas: Locator) => canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL());

async function opened(playground: Playground, query = ''): Promise<Page> {
  const { page } = playground;
  await page.goto(`./${query}`);
  await expect(rows(page)).toHaveAttribute('data-model', 'factorVae');
  return page;
}

test('before anything is trained, the pictures of a trained model move', async ({ playground }) => {
  const page = await opened(playground);
  await expect(page.locator('#intro')).toContainText('independent numbers');
  const moving = page.getByTestId('exhibit-z0').locator('canvas').first();
  const seen = new Set<string>();
  await expect
    .poll(async () => {
      seen.add(await shown(moving));
      return seen.size;
    })
    .toBeGreaterThan(3);
  await playground.button('Hold the moving pictures still').click();
  const still = await shown(moving);
  await page.waitForTimeout(300);
  expect(await shown(moving)).toBe(still);
  expect(await playground.step()).toBe(0);
});

test('pictures stand still where motion is not wanted', async ({ playground }) => {
  await playground.page.emulateMedia({ reducedMotion: 'reduce' });
  const page = await opened(playground);
  await expect(playground.button('Let the pictures move')).toBeVisible();
  const moving = page.getByTestId('exhibit-z0').locator('canvas').first();
  const still = await shown(moving);
  await page.waitForTimeout(300);
  expect(await shown(moving)).toBe(still);
});

test('another model shows other rows of the same picture', async ({ playground }) => {
  const page = await opened(playground);
  const of = async (name: string, shownAs: string) => {
    await model(page, name).click();
    await expect(rows(page)).toHaveAttribute('data-model', shownAs);
    const metric = Number(await page.getByTestId('exhibit-metric').textContent());
    return { metric, pictures: await Promise.all([0, 1, 2, 3].map((latent) => shown(row(page, latent)))) };
  };
  const base = page.getByRole('button', { name: /^Shape heart/, pressed: true });
  await expect(base).toHaveCount(1);
  const factorVae = await of('FactorVAE', 'factorVae');
  const vae = await of('Plain VAE', 'vae');
  await expect(base).toHaveCount(1);
  expect(factorVae.metric).toBeGreaterThan(vae.metric);
  for (const [latent, picture] of vae.pictures.entries())
    expect(picture).not.toBe(factorVae.pictures[latent]);
  // And back again, as they were.
  expect(await of('FactorVAE', 'factorVae')).toEqual(factorVae);
});

test('sliders move the picture of a trained model, and another picture its rows', async ({ playground }) => {
  const page = await opened(playground);
  const picture = page.getByRole('img', { name: 'Picture of these numbers' });
  const before = await shown(picture);
  await page.getByRole('slider', { name: 'z1 of the trained model' }).focus();
  await page.keyboard.press('End');
  await expect.poll(() => shown(picture)).not.toBe(before);
  await playground.button('Back to the picture').click();
  await expect.poll(() => shown(picture)).toBe(before);

  const rowBefore = await shown(row(page, 3));
  await playground.button('Any picture').click();
  await page.getByRole('slider', { name: 'Picture Position x' }).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => shown(row(page, 3))).not.toBe(rowBefore);
  await expect.poll(() => shown(picture)).not.toBe(before);
});

test('"Train it yourself" starts a run in their place, and they come back when asked for', async ({
  playground,
}) => {
  // Pressed before there is a run, too.
  await playground.page.goto('./?preset=tiny');
  const { page } = playground;
  await playground.button('Train it yourself').click();
  await expect(page.getByRole('region', { name: 'Trained models' })).toBeHidden();
  await expect(page.locator('#intro')).toBeHidden();
  await playground.waitForStep(5);
  expect(await page.getByTestId(/^banner-/).count()).toBe(0);
  await playground.button('Show the trained models').click();
  await expect(rows(page)).toHaveAttribute('data-model', 'factorVae');
  const step = await playground.step();
  await playground.waitForStep(step + 5);
});

test('Run puts them away too', async ({ playground }) => {
  await playground.open('?preset=tiny');
  await expect(playground.page.getByRole('region', { name: 'Trained models' })).toBeVisible();
  await playground.singleSteps(1);
  await expect(playground.page.getByRole('region', { name: 'Trained models' })).toBeHidden();
});

test('where their files cannot be had the page says so, trains, and tries again', async ({ playground }) => {
  const { page } = playground;
  await page.route(/\.safetensors$/, (route) => route.fulfill({ status: 404 }));
  await page.goto('./?preset=tiny');
  await expect(page.getByRole('alert')).toContainText('cannot be shown');
  await page.unroute(/\.safetensors$/);
  await playground.button('Try again').click();
  await expect(rows(page)).toHaveAttribute('data-model', 'factorVae');
  // A file that is missing is an error of the page only here.
  playground.problems.splice(0);
  await playground.ready();
  await playground.singleSteps(1);
});

/** What a layout shift names. */
interface Shifted {
  readonly node: Node | null;
  readonly previousRect: DOMRectReadOnly;
  readonly currentRect: DOMRectReadOnly;
}

for (const [width, height] of [
  [390, 844],
  [1440, 900],
  [2560, 1440],
])
  test(`at ${width} px nothing shifts while the page opens, and it says what trains in one sentence`, async ({
    playground,
  }) => {
    const { page } = playground;
    await page.setViewportSize({ width, height });
    await page.addInitScript(() => {
      const shifts: { value: number; what: string }[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const value = 'value' in entry ? Number(entry.value) : 0;
          const sources = 'sources' in entry && Array.isArray(entry.sources) ? entry.sources : [];
          const what = sources.map(({ node, previousRect: from, currentRect: to }: Shifted) =>
            [node?.textContent?.slice(0, 30), from.x, from.y, to.x, to.y].join(' '),
          );
          shifts.push({ value, what: what.join('; ') });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await opened(playground);
    await expect(page.getByTestId('machine-note')).toHaveText(/^[^.]+\. (Why\?)?$/);
    await playground.ready();
    await page.waitForTimeout(500);
    const shifts: { value: number; what: string }[] = await page.evaluate(() =>
      Reflect.get(window, 'shifts'),
    );
    const sum = shifts.reduce((total, { value }) => total + value, 0);
    const told = shifts.map(({ value, what }) => `${value.toFixed(4)}: ${what}`).join('\n');
    expect(Number(sum.toFixed(3)), told).toBe(0);
  });
