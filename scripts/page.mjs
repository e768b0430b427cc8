import { builtOnce, contentKey } from './builds.mjs';
import { root, runNode, SetupError } from './process.mjs';

/** All that the built page is made of, and what makes it. */
const inputs = [
  'index.html',
  'src',
  'public',
  'scripts',
  'LICENSE',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
  'node_modules/.package-lock.json',
];

/** How our own commands use Vite: it writes no file into the checkout, not even to read its configuration. */
export const viteOptions = /** @type {const} */ ({ root, configLoader: 'runner' });

/**
 * The built page, in a folder of the user's own.
 * @param {() => void} [onBuild] called before it is built; not where that was done before
 * @returns {Promise<string>} path of the folder
 * @throws {SetupError}
 */
export function builtPage(onBuild = () => {}) {
  return builtOnce(
    'page',
    () => contentKey(inputs),
    async (outDir) => {
      onBuild();
      const options = ['--configLoader', 'runner', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir'];
      const code = await runNode(['node_modules/vite/bin/vite.js', 'build', ...options]);
      if (code !== 0) throw new SetupError('The page could not be built: the message above says why.');
    },
  );
}
