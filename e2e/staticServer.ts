import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

export interface StaticServer {
  /** The address of the folder, with a slash at its end. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * A plain static host: files of `folder` below `path`, nothing else, and no headers but the type, which browsers
 * must take as it is.
 */
export function serveFolder(folder: string, path: string): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const inside = pathname.startsWith(path) ? normalize(pathname.slice(path.length) || 'index.html') : '..';
    try {
      if (inside.startsWith('..')) throw new Error('outside the folder');
      const body = readFileSync(join(folder, inside));
      response.writeHead(200, {
        'Content-Type': types[extname(inside)] ?? 'application/octet-stream',
        'X-Content-Type-Options': 'nosniff',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((done) =>
    server.listen(0, 'localhost', () => {
      const address = server.address();
      const port = address && typeof address === 'object' ? address.port : 0;
      done({
        address: `http://localhost:${port}${path}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            // A browser may hold a connection open on which it has asked for nothing yet; close() would wait for
            // it.
            server.closeAllConnections();
          }),
      });
    }),
  );
}
