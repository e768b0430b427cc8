// npm start: installs what is missing, builds the page, serves it and prints its address. Options: --port N,
// --host NAME. What it serves is the production build: React's development build is several times slower, and
// training would stutter the page. `npm run dev` serves that one, for work on the code.
import { requireNode } from './nodeVersion.mjs';
import { ensurePackages } from './packages.mjs';
import { builtPage, viteOptions } from './page.mjs';
import { fail, SetupError } from './process.mjs';

requireNode();

const firstPort = 5173;

/** @returns {Promise<{ port: number, host: string | undefined }>} */
async function readOptions() {
  const { parseArgs } = await import('node:util');
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } });
    const port = Number(values.port ?? firstPort);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new Error(`"${values.port}" is no port: name a whole number from 1 to 65535`);
    return { port, host: values.host };
  } catch (thrown) {
    throw new SetupError(`npm start -- [--port N] [--host NAME]: ${/** @type {Error} */ (thrown).message}.`);
  }
}

async function main() {
  const { port, host } = await readOptions();
  await ensurePackages();
  const outDir = await builtPage(() => console.log('Building the page ...'));
  const { preview } = await import('vite');
  // The next free port is taken where this one is in use.
  const server = await preview({
    ...viteOptions,
    build: { outDir },
    preview: { port, ...(host ? { host } : {}) },
  });
  console.log('\nThe playground is served at\n');
  server.printUrls();
  console.log('\nOpen the address in a browser. Ctrl-C ends it.');

  const end = () => void server.close().finally(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

main().catch(fail);
