import { defineConfig } from '@playwright/test';
import { findBrowser, offlineFlags, softwareWebGpuFlags } from './scripts/browser.mjs';

const port = Number(process.env.E2E_PORT ?? 4391);
const executablePath = await findBrowser();

/** Browser tests of the production build, which is built first where it is not yet. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: process.env.E2E_RESULTS ?? 'test-results',
  // The tests train: more than one at a time would starve them on a small machine.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  expect: {
    timeout: 30_000,
    toHaveScreenshot: { maxDiffPixelRatio: 0.01 },
    toMatchSnapshot: { maxDiffPixelRatio: 0.01 },
  },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
  },
  projects: [
    {
      name: 'software WebGPU',
      testIgnore: 'noWebGpu.spec.ts',
      use: {
        launchOptions: {
          ...(executablePath ? { executablePath } : {}),
          args: [...offlineFlags, ...softwareWebGpuFlags],
        },
      },
    },
    {
      // Chromium has navigator.gpu here, but no adapter: a software one has to be asked for by a flag.
      name: 'no WebGPU',
      testMatch: 'noWebGpu.spec.ts',
      use: {
        launchOptions: {
          ...(executablePath ? { executablePath } : {}),
          args: [...offlineFlags, '--disable-gpu'],
        },
      },
    },
  ],
  webServer: {
    command: `node scripts/start.mjs --port ${port}`,
    url: `http://localhost:${port}`,
    reuseExistingServer: !process.env.CI,
    timeout: 120_000,
  },
});
