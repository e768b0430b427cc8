import type { Page } from '@playwright/test';
import { expect, Playground, test } from './playground.ts';

/** The steps of the safety copies in storage. */
function copiedSteps(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((resolve, reject) => {
        const opened = indexedDB.open('factorvae-playground');
        opened.onerror = () => reject(opened.error);
        opened.onsuccess = () => {
          const rows = opened.result.transaction('present').objectStore('present').getAll();
          rows.onsuccess = () => {
            opened.result.close();
            resolve(rows.result.map(({ step }) => step));
          };
        };
      }),
  );
}

const storedCopy = (page: Page) =>
  expect.poll(async () => (await copiedSteps(page)).length, { timeout: 15_000 });

test('a reload in the middle of a run: one click goes on from the newest copy, with curves and settings', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=tfjs-wasm&seed=21');
  await playground.play();
  await playground.gammaBox.fill('33');
  await playground.gammaBox.press('Enter');
  const moved = await playground.step();
  const newest = async () => (await copiedSteps(page)).at(-1) ?? 0;
  await expect.poll(newest, { timeout: 40_000 }).toBeGreaterThan(moved);
  const copied = await newest();
  await page.reload();
  await playground.ready();
  expect(await playground.step()).toBe(0);
  const banner = playground.banner('recovery');
  const [stored] = await copiedSteps(page);
  expect(stored).toBeGreaterThanOrEqual(copied);
  await banner.getByRole('button', { name: /^Continue from step/ }).click();
  await expect.poll(() => playground.step()).toBe(stored);
  await expect(banner).toBeHidden();
  await playground.ready();
  expect(await playground.gamma()).toBe(33);
  // Of 200 points at most, halving leaves a hundred, and a run that goes on keeps its record's coarser steps: 331
  // give 83.
  expect(await playground.curvePoints('reconstruction')).toBeGreaterThanOrEqual(Math.min(stored, 50));
  await playground.play();
  // Compare lists runs of a hundred steps and more.
  await playground.waitForStep(Math.max(stored + 30, 120));
  await playground.pause();
  // It is the same run, not another one beside it.
  await page.goto('./?preset=tiny&engine=tfjs-wasm#compare');
  await expect(page.getByTestId('run')).toHaveCount(1);
});

test('another tab leaves a run alone that trains here, and takes it over once this tab is gone', async ({
  playground,
  context,
}) => {
  await playground.open('?preset=tiny&engine=tfjs-wasm&seed=22');
  await playground.play();
  await storedCopy(playground.page).toBe(1);
  const other = new Playground(await context.newPage());
  await other.open('?preset=tiny&engine=tfjs-wasm');
  await other.page.waitForTimeout(2500);
  await expect(other.banner('recovery')).toBeHidden();
  // As after a crash: nothing of the page runs at its end.
  await playground.page.close({ runBeforeUnload: false });
  await other.page.reload();
  await other.ready();
  await other
    .banner('recovery')
    .getByRole('button', { name: /^(Not now|Discard it)$/ })
    .click();
  await expect(other.banner('recovery')).toBeHidden();
  await other.page.reload();
  await other.ready();
  await other.page.waitForTimeout(2500);
  await expect(other.banner('recovery')).toBeHidden();
  expect(other.problems).toEqual([]);
});
