import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, runNode, SetupError } from './process.mjs';

const playwrightCommand = 'node_modules/@playwright/test/cli.js';

/** Flags for every Chromium that this project starts: it stays off the network. */
export const offlineFlags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** Flags for WebGPU on SwiftShader, the software adapter that Chromium brings along: the same on every machine. */
export const softwareWebGpuFlags = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/**
 * Where Chromium or Chrome is usually installed.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
export function usualPlaces(platform, env) {
  if (platform === 'darwin') {
    const apps = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'];
    const folders = ['/Applications', ...(env.HOME ? [join(env.HOME, 'Applications')] : [])];
    return folders.flatMap((folder) => apps.map((app) => join(folder, app)));
  }
  if (platform === 'win32') {
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
        `${folder}\\Chromium\\Application\\chrome.exe`,
      ]);
  }
  const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
  return [...names.map((name) => `/usr/bin/${name}`), '/opt/google/chrome/chrome', '/snap/bin/chromium'];
}

/**
 * Whether a browser starts here: libraries may be missing, and some distributions install a mere signpost.
 * @param {string} path
 * @returns {Promise<boolean>}
 */
function starts(path) {
  if (!existsSync(path)) return Promise.resolve(false);
  // Chrome on Windows opens a window instead of printing its version.
  if (process.platform === 'win32') return Promise.resolve(true);
  return new Promise((done) => execFile(path, ['--version'], { timeout: 30_000 }, (error) => done(!error)));
}

/**
 * @param {readonly string[]} paths
 * @returns {Promise<string | undefined>}
 */
async function firstThatStarts(paths) {
  for (const path of paths) if (await starts(path)) return path;
  return undefined;
}

/** @returns {Promise<string>} where Playwright keeps its own Chromium, downloaded or not */
async function playwrightPath() {
  const { chromium } = await import('@playwright/test');
  return chromium.executablePath();
}

/** @returns {boolean} */
function isRoot() {
  return process.getuid?.() === 0;
}

/** @returns {boolean} */
function isDebianLike() {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync(release, 'utf8'));
}

/**
 * An installed Chromium or Chrome, or the one that Playwright has downloaded already. CHROMIUM_PATH names one and
 * is the only one tried then.
 * @returns {Promise<string | undefined>}
 * @throws {SetupError} when CHROMIUM_PATH does not start
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (await starts(named)) return named;
    throw new SetupError(
      `CHROMIUM_PATH is ${named}, which does not start. Name a Chromium or Chrome, or unset it.`,
    );
  }
  return firstThatStarts([...usualPlaces(process.platform, process.env), await playwrightPath()]);
}

/** @returns {Promise<boolean>} */
async function installFromDistribution() {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  console.log("Installing the distribution's Chromium (apt-get) ...");
  if ((await run('apt-get', ['update', '-q'], { env, limitSeconds: 300 })) !== 0) {
    console.log('apt-get update failed; trying with the package lists that are there.');
  }
  const packages = ['chromium', 'fonts-liberation'];
  const args = ['install', '-q', '-y', '--no-install-recommends', ...packages];
  return (await run('apt-get', args, { env, limitSeconds: 900 })) === 0;
}

/**
 * A browser for the tests, installed where there is none: Playwright's own, else as root on Debian and Ubuntu the
 * distribution's.
 * @returns {Promise<string>} path of a Chromium that starts
 * @throws {SetupError} when none can be had
 */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;

  console.log("No Chromium or Chrome found. Downloading Playwright's own ...");
  const own = await playwrightPath();
  const downloaded = (await runNode([playwrightCommand, 'install', 'chromium'], { limitSeconds: 600 })) === 0;
  if (downloaded && (await starts(own))) return own;
  console.log(downloaded ? 'It does not start here: system libraries are missing.' : 'That download failed.');

  if (isRoot() && isDebianLike()) {
    await installFromDistribution();
    const installed = await firstThatStarts(usualPlaces(process.platform, process.env));
    if (installed) return installed;
    // Ubuntu has Chromium as a snap only; there the libraries that the downloaded one lacks can still be had.
    if (downloaded) {
      await runNode([playwrightCommand, 'install-deps', 'chromium'], { limitSeconds: 600 });
      if (await starts(own)) return own;
    }
  }
  throw new SetupError(
    'No browser could be had for the tests. Install Chromium or Google Chrome (on Debian: "apt-get install chromium"), ' +
      'or name one in CHROMIUM_PATH, or run "npx playwright install --with-deps chromium" where the network allows, ' +
      'then run the tests again.',
  );
}
