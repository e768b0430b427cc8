import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtOnce, contentKey } from '../scripts/builds.mjs';
import { ensurePackages } from '../scripts/packages.mjs';
import { root, runNode, SetupError } from '../scripts/process.mjs';

/** All that may go into a command, and what bundles it. */
const inputs = ['src', 'cli', 'bench', 'scripts', 'package.json', 'node_modules/.package-lock.json'];

/**
 * A command as one file of JavaScript, with the same build of tfjs that browsers get (its own builds for Node come
 * without gradients). It is built when it is first asked for, which takes about a second, by a process of its own, so
 * that a command finds the same world whether it was built or not.
 * @param {string} entry path of its TypeScript
 * @returns {Promise<string>} path of its JavaScript
 * @throws {SetupError}
 */
export async function bundleOf(entry) {
  await ensurePackages();
  const name = basename(entry, '.ts');
  const source = resolve(entry);
  const kind = relative(root, source)
    .replace(/\.ts$/, '')
    .replaceAll(/[^\w]+/g, '.');
  const folder = await builtOnce(
    kind,
    () => contentKey(inputs),
    async (out) => {
      const code = await runNode([fileURLToPath(import.meta.url), source, out]);
      if (code !== 0) throw new SetupError(`${entry} could not be built: the message above says why.`);
    },
  );
  return join(folder, `${name}.js`);
}

/**
 * @param {string} source
 * @param {string} outDir
 */
async function bundle(source, outDir) {
  // Packages may have been missing when this file was loaded.
  const [{ build }, { assembly }] = await Promise.all([import('vite'), import('../scripts/assembly.mjs')]);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [assembly()],
    resolve: { mainFields: ['module', 'main'] },
    ssr: { noExternal: [/^@tensorflow\//] },
    build: {
      ssr: source,
      outDir,
      copyPublicDir: false,
      target: 'node20',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        output: {
          // tfjs' wasm loader asks for it.
          banner: 'const __dirname = import.meta.dirname;',
        },
      },
    },
  });
}

const [, script, source, outDir] = process.argv;
if (script === fileURLToPath(import.meta.url) && source && outDir) await bundle(source, outDir);
