import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';

const places = [
  process.env.FIREFOX_PATH ?? '',
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];
const drivers = '/usr/share/vulkan/icd.d';

/** Where a stock Firefox is installed, or the FIREFOX_PATH of the environment; undefined if nowhere. */
export const firefoxPath = places.find((path) => path !== '' && existsSync(path));

/** A stock Firefox with WebGPU switched on, on lavapipe where that is installed. */
export function launchFirefox(executablePath: string): Promise<Browser> {
  const lavapipe = existsSync(drivers) && readdirSync(drivers).find((file) => /^lvp_icd/.test(file));
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    extraPrefsFirefox: {
      'dom.webgpu.enabled': true,
      'dom.webgpu.workers.enabled': true,
      'gfx.webgpu.ignore-blocklist': true,
    },
    env: { ...process.env, ...(lavapipe ? { VK_ICD_FILENAMES: join(drivers, lavapipe) } : {}) },
  });
}
