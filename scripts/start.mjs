// npm start: installs what is missing, serves the playground and prints its address. Options: --port N, --host [NAME].
import { requireNode } from './nodeVersion.mjs';
import { ensurePackages } from './packages.mjs';
import { fail, root } from './process.mjs';

requireNode();

async function main() {
  const { parseArgs } = await import('node:util');
  const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } });

  await ensurePackages();
  const { createServer } = await import('vite');
  const server = await createServer({
    root,
    server: {
      // The next free port is taken where this one is in use.
      port: values.port ? Number(values.port) : 5173,
      ...(values.host ? { host: values.host } : {}),
    },
  });
  await server.listen();
  console.log('\nThe playground is served at\n');
  server.printUrls();
  console.log('\nOpen the address in a browser. Ctrl-C ends it.');

  const end = () => void server.close().finally(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

main().catch(fail);
