import { spawn } from 'node:child_process';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * node cli/run.mjs FILE.ts [ARGUMENTS...]: runs a TypeScript command in Node with the same build of tfjs that browsers
 * get (its own builds for Node come without gradients), by bundling it first, which takes about a second.
 */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [entry, ...rest] = process.argv.slice(2);
if (!entry) {
  console.error('usage: node cli/run.mjs FILE.ts [ARGUMENTS...]');
  process.exit(2);
}

const outDir = join(root, 'node_modules/.cache/cli', basename(entry, '.ts'));
await build({
  root,
  configFile: false,
  logLevel: 'error',
  resolve: { mainFields: ['module', 'main'] },
  ssr: { noExternal: [/^@tensorflow\//] },
  build: {
    ssr: resolve(entry),
    outDir,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    // tfjs' wasm loader asks for it.
    rolldownOptions: { output: { banner: 'const __dirname = import.meta.dirname;' } },
  },
});
const bundle = join(outDir, `${basename(entry, '.ts')}.js`);
const child = spawn(process.execPath, [bundle, ...rest], { stdio: 'inherit' });
// The command decides what an interruption means; this waits until it has ended.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => {
    child.kill(signal);
  });
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1);
});
