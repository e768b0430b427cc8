// npm run build: puts the built page into dist/. A host may serve that folder meanwhile: new files come before the
// page that asks for them, and old ones go when it no longer does.
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cacheFolder.mjs';
import { withLock } from './lock.mjs';
import { requireNode } from './nodeVersion.mjs';
import { ensurePackages } from './packages.mjs';
import { builtPage } from './page.mjs';
import { fail, root, SetupError } from './process.mjs';

requireNode();

/** @param {string} folder */
function filesIn(folder) {
  const paths = /** @type {string[]} */ (readdirSync(folder, { recursive: true }));
  return paths.filter((path) => statSync(join(folder, path)).isFile());
}

/**
 * @param {string} page
 * @param {string} dist
 */
function replace(page, dist) {
  const files = filesIn(page);
  // The page comes last.
  for (const file of files.sort((a, b) => Number(a === 'index.html') - Number(b === 'index.html'))) {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    copyFileSync(join(page, file), join(dist, file));
  }
  for (const file of filesIn(dist)) if (!files.includes(file)) rmSync(join(dist, file));
}

async function main() {
  const [unknown] = process.argv.slice(2);
  if (unknown) throw new SetupError(`npm run build takes no options, and was given "${unknown}".`);
  await ensurePackages();
  const page = await builtPage(() => console.log('Building the page ...'));
  const dist = join(root, 'dist');
  try {
    await withLock(join(cacheFolder(), 'dist.lock'), async () => replace(page, dist));
  } catch (thrown) {
    throw new SetupError(`${dist} could not be written: ${/** @type {Error} */ (thrown).message}.`);
  }
  console.log('The page is in dist/.');
}

main().catch(fail);
