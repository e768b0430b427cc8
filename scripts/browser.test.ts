import { afterEach, expect, test, vi } from 'vitest';
import { findBrowser, usualPlaces } from './browser.mjs';

afterEach(() => vi.unstubAllEnvs());

test('each system has its own places', () => {
  expect(usualPlaces('linux', {})).toContain('/usr/bin/chromium');
  expect(usualPlaces('darwin', { HOME: '/Users/ada' })).toContain(
    '/Users/ada/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  );
  expect(usualPlaces('win32', { PROGRAMFILES: 'C:\\Program Files' })).toEqual([
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files\\Chromium\\Application\\chrome.exe',
  ]);
});

test('a CHROMIUM_PATH that does not start is named, not passed over', async () => {
  vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');
  await expect(findBrowser()).rejects.toThrow(/CHROMIUM_PATH is \/nowhere\/chromium/);
});
