import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasEnded, ownMark } from './alive.mjs';
import { builtPage } from './page.mjs';
import { root, runNode, SetupError } from './process.mjs';
import { countsNote, playwrightCounts, vitestCounts } from './results.mjs';

/** @typedef {{ ok: boolean, note: string, counts?: import('./results.mjs').Counts }} Outcome */

const bin = {
  biome: 'node_modules/@biomejs/biome/bin/biome',
  tsc: 'node_modules/typescript/bin/tsc',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
};

/**
 * @param {number} code
 * @returns {Outcome}
 */
function fromCode(code) {
  return { ok: code === 0, note: code === 0 ? '' : `exit code ${code}` };
}

/**
 * Runs tests that leave a JSON report, and counts them. A stage in which no test passed is a failed one.
 * @param {(report: string) => Promise<number>} start runs them and writes the report to this path
 * @param {(json: string) => import('./results.mjs').Counts} count
 * @returns {Promise<Outcome>}
 */
async function counted(start, count) {
  const folder = mkdtempSync(join(tmpdir(), 'factorvae-tests-'));
  const report = join(folder, 'report.json');
  try {
    const code = await start(report);
    if (!existsSync(report))
      return { ok: false, note: `ended with code ${code} before any test was reported` };
    const counts = count(readFileSync(report, 'utf8'));
    if (counts.passed + counts.failed === 0) return { ok: false, note: 'no test ran', counts };
    const ok = code === 0 && counts.failed === 0;
    return { ok, note: countsNote(counts) + (code === 124 ? ', stopped at its time limit' : ''), counts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const vulkanLoader = 'libvulkan.so.1';
const libraryFolders = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/local/lib',
];
const browserFolders = ['/usr/lib/chromium', '/opt/google/chrome'];

/**
 * Environment in which WebGPU in Node finds the browser's software driver, and the browser's Vulkan loader where
 * the system has none.
 * @param {string} browser
 * @returns {NodeJS.ProcessEnv}
 */
function driverEnvironment(browser) {
  /** @param {string} folder */
  const hasLoader = (folder) => existsSync(join(folder, vulkanLoader));
  const borrowed = libraryFolders.some(hasLoader)
    ? undefined
    : [dirname(browser), ...browserFolders].find(hasLoader);
  const searched = [process.env.LD_LIBRARY_PATH, borrowed].filter(Boolean).join(':');
  return { CHROMIUM_PATH: browser, ...(borrowed ? { LD_LIBRARY_PATH: searched } : {}) };
}

/** @returns {Promise<number>} a port that nothing listens on */
function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      const port = address && typeof address === 'object' ? address.port : 0;
      server.close(() => done(port));
    });
  });
}

export async function lint() {
  return fromCode(await runNode([bin.biome, 'check', '.']));
}

/** Page, Worker and Node are separate programs with separate globals, so each is checked by itself. */
export async function types() {
  const failed = [];
  for (const part of ['page', 'worker', 'node']) {
    const project = `tsconfig.${part}.json`;
    if ((await runNode([bin.tsc, '-p', project])) !== 0) failed.push(project);
  }
  return { ok: failed.length === 0, note: failed.join(', ') };
}

/**
 * @param {string} browser
 * @param {readonly string[]} filters
 */
export function unit(browser, filters) {
  return counted(
    (report) =>
      runNode(
        [
          bin.vitest,
          'run',
          '--configLoader=runner',
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${report}`,
          ...filters,
        ],
        { env: driverEnvironment(browser), limitSeconds: 1500 },
      ),
    (json) => vitestCounts(JSON.parse(json)),
  );
}

export async function build() {
  try {
    await builtPage();
    return { ok: true, note: '' };
  } catch (thrown) {
    if (!(thrown instanceof SetupError)) throw thrown;
    return { ok: false, note: thrown.message };
  }
}

/** @returns {string} a folder for what failed tests leave to look at; what earlier runs left is removed */
function resultsFolder() {
  const folder = join(root, 'test-results');
  try {
    mkdirSync(folder, { recursive: true });
    for (const entry of readdirSync(folder))
      if (hasEnded(entry)) rmSync(join(folder, entry), { recursive: true, force: true });
    accessSync(folder, constants.W_OK);
    return join(folder, ownMark);
  } catch {
    return mkdtempSync(join(tmpdir(), 'factorvae-results-'));
  }
}

/**
 * @param {string} browser
 * @param {readonly string[]} filters
 */
export async function browserTests(browser, filters) {
  const port = String(await freePort());
  const results = resultsFolder();
  return counted(
    (report) =>
      runNode([bin.playwright, 'test', '--reporter=list,json', ...filters], {
        env: {
          CHROMIUM_PATH: browser,
          E2E_PORT: port,
          E2E_RESULTS: results,
          PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        },
        limitSeconds: 1800,
      }),
    (json) => playwrightCounts(JSON.parse(json)),
  );
}
