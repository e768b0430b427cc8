import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'vite';
import { tiles } from '../src/engines/webgpu/tiles.ts';
import { firefoxPath, launchFirefox } from './firefox.ts';
import type { ShaderReport } from './shaders/report.ts';
import { skipUnless } from './skipUnless.ts';
import { type StaticServer, serveFolder } from './staticServer.ts';

// A page that compiles every shader of the trainer, on every kind of run, and trains a little with each.
const outDir = mkdtempSync(join(tmpdir(), 'factorvae-shaders-'));
let server: StaticServer;

test.beforeAll(async () => {
  const root = join(import.meta.dirname, 'shaders');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'es2023' },
  });
  server = await serveFolder(outDir, '/');
});
test.afterAll(async () => {
  await server.close();
  rmSync(outDir, { recursive: true, force: true });
});

/** What Chromium says, once asked. */
let inChromium: ShaderReport | undefined;

async function chromiumReport(page: Page): Promise<ShaderReport> {
  if (inChromium) return inChromium;
  await page.goto(server.address);
  const report = await page.evaluate(() => window.checkShaders?.());
  if (!report) throw new Error('Chromium has no WebGPU adapter.');
  inChromium = report;
  return report;
}

/** The numbers of each configuration, which must not depend on the kernels. */
function expectAgreement(report: ShaderReport, truth: ShaderReport): void {
  for (const { config, kernels, rows } of report.runs) {
    const expected = truth.runs.find((run) => run.config === config)?.rows ?? [];
    expect(rows.length, config).toBe(expected.length);
    rows.forEach((value, i) => {
      // Sums are taken in another order; accuracy is a count, and moves in steps.
      const allowed = 1e-3 * Math.max(1, Math.abs(expected[i])) + (i % rows.length === 0 ? 0 : 0.02);
      if (Number.isNaN(expected[i])) expect(value, `${config}, ${kernels}`).toBeNaN();
      else expect(Math.abs(value - expected[i]), `${config}, ${kernels}`).toBeLessThan(allowed);
    });
  }
}

test('Chromium compiles every shader, and all kernels compute the same', async ({ page }) => {
  test.setTimeout(300_000);
  const report = await chromiumReport(page);
  expect(report.runs.length).toBeGreaterThanOrEqual(7);
  expectAgreement(report, report);
});

test('Firefox compiles every shader, and computes what Chromium does', async ({ page }) => {
  test.setTimeout(600_000);
  skipUnless(firefoxPath, 'no Firefox is installed here; FIREFOX_PATH may name one');
  const browser = await launchFirefox(firefoxPath ?? '');
  try {
    const tab = await browser.newPage();
    await tab.goto(server.address);
    const report = await tab.evaluate(() => window.checkShaders?.());
    skipUnless(report, 'this Firefox has no WebGPU adapter: it needs a GPU, or the lavapipe driver');
    if (report) expectAgreement(report, await chromiumReport(page));
  } finally {
    await browser.close();
  }
});

// One call a tile: each takes seconds, and a call of minutes is given up.
test('Firefox compiles every tile of real GPUs, and computes with it what the reference does', async () => {
  test.setTimeout(600_000);
  skipUnless(firefoxPath, 'no Firefox is installed here; FIREFOX_PATH may name one');
  const browser = await launchFirefox(firefoxPath ?? '');
  try {
    const tab = await browser.newPage();
    await tab.goto(server.address);
    const checkOf = (index: number) => tab.evaluate((i) => window.checkTile?.(i), index);
    let check = await checkOf(0);
    skipUnless(check, 'this Firefox has no WebGPU adapter: it needs a GPU, or the lavapipe driver');
    let checked = 0;
    while (check) {
      expect(check.error ?? 1, `${check.tile}, ${check.product}`).toBeLessThan(5e-5);
      check = await checkOf(++checked);
    }
    expect(checked).toBe(tiles.length);
  } finally {
    await browser.close();
  }
});
