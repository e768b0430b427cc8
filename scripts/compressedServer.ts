import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { serverHeaders } from './security.mjs';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};
const compress = promisify(gzip);

/**
 * Serves a folder as static hosts do: compressed, and what has its hash in its name is kept by browsers for good.
 */
export async function serveCompressed(folder: string): Promise<{ address: string; close(): void }> {
  const server = createServer(async ({ url = '/', headers }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const path = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    const bytes = await readFile(join(folder, path)).catch(() => null);
    if (!bytes) {
      response.writeHead(404).end();
      return;
    }
    const type = types[extname(path)];
    const zipped = type !== undefined && /\bgzip\b/.test(headers['accept-encoding'] ?? '');
    response.writeHead(200, {
      ...serverHeaders,
      'Content-Type': type ?? 'application/octet-stream',
      'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
    });
    response.end(zipped ? await compress(bytes) : bytes);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { address: `http://127.0.0.1:${address.port}/`, close: () => void server.close() };
}
