// npm test [-- PART ... [-- FILTER ...]]: installs what is missing, then runs every test, or the parts named.
import { requireNode } from './nodeVersion.mjs';
import { ensurePackages } from './packages.mjs';
import { fail, SetupError } from './process.mjs';
import { summarise } from './results.mjs';

requireNode();

const partNames = ['lint', 'types', 'unit', 'build', 'browser'];

/**
 * @param {readonly string[]} args
 * @returns {{ parts: string[], filters: string[] }} the parts to run, and file names that narrow the tests
 * @throws {SetupError}
 */
function parseArguments(args) {
  const parts = partNames.filter((name) => args.includes(name));
  const filters = args.filter((arg) => !partNames.includes(arg));
  const usage = `Parts: ${partNames.join(', ')}. A test file's name after "unit" or "browser" runs only that one.`;
  if (filters.length > 0 && !parts.includes('unit') && !parts.includes('browser')) {
    throw new SetupError(`There is no part "${filters[0]}". ${usage}`);
  }
  return { parts: parts.length > 0 ? parts : partNames, filters };
}

async function main() {
  const started = Date.now();
  const { parts, filters } = parseArguments(process.argv.slice(2));
  await ensurePackages();

  const needsBrowser = parts.includes('unit') || parts.includes('browser');
  let browser = '';
  if (needsBrowser) {
    const { ensureBrowser } = await import('./browser.mjs');
    browser = await ensureBrowser();
    console.log(`Browser: ${browser}`);
  }
  // The browser tests run on what is built, so it is built for them.
  if (parts.includes('browser') && !parts.includes('build'))
    parts.splice(parts.indexOf('browser'), 0, 'build');

  const stages = await import('./stages.mjs');
  /** @type {Record<string, () => Promise<import('./stages.mjs').Outcome>>} */
  const run = {
    lint: stages.lint,
    types: stages.types,
    unit: () => stages.unit(browser, filters),
    build: stages.build,
    browser: () => stages.browserTests(browser, filters),
  };

  /** @type {import('./results.mjs').StageResult[]} */
  const results = [];
  for (const name of parts) {
    const unbuilt = name === 'browser' && results.some((result) => result.name === 'build' && !result.ok);
    console.log(`\n=== ${name} ===`);
    const from = Date.now();
    const outcome = unbuilt ? { ok: false, note: 'not run: the build failed' } : await run[name]();
    results.push({ name, seconds: (Date.now() - from) / 1000, ...outcome });
  }

  const { lines, closing, ok } = summarise(results);
  console.log(`\n=== summary, ${((Date.now() - started) / 1000).toFixed(0)} s ===`);
  for (const line of lines) console.log(line);
  console.log(closing);
  process.exitCode = ok ? 0 : 1;
}

main().catch(fail);
