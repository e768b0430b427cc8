import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { pathProblem } from './checkoutPath.mjs';
import { root } from './process.mjs';
import { SmallCheckout } from './smallCheckout.ts';

let checkout: SmallCheckout;
afterEach(() => checkout?.remove());

/** Starts npm start's program; resolves with the address that it serves. */
async function serve(options: Parameters<SmallCheckout['start']>[1] = {}) {
  // Ports are the next free ones from here.
  const server = checkout.start(['scripts/start.mjs', '--port', '5471'], options);
  const [, address] = await server.says(/Local: +(http:\S+)/);
  return { ...server, address };
}

describe('npm start', () => {
  test('two at the same time serve the page, each at its address; a third needs no build', async () => {
    checkout = new SmallCheckout();
    const servers = await Promise.all([serve(), serve()]);
    servers.push(await serve());
    const addresses = servers.map(({ address }) => address);
    expect(new Set(addresses).size).toBe(3);
    for (const address of addresses) {
      const page = await fetch(address);
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      const [, script] = /src="\.\/(assets\/[^"]+)"/.exec(await page.text()) ?? [];
      expect(await (await fetch(address + script)).text()).toContain('loaded');
    }
    for (const { child } of servers) child.kill('SIGINT');
    const ended = await Promise.all(servers.map((server) => server.ended));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(ended.map(({ output }) => output.includes('Building')).filter(Boolean)).toHaveLength(1);
    expect(existsSync(join(checkout.path, 'dist'))).toBe(false);
  });
});

test('npm run build, twice at the same time, leaves one whole page, and nothing of an older one', async () => {
  checkout = new SmallCheckout();
  checkout.write('dist/assets/old.js', '');
  const build = () => checkout.start(['scripts/build.mjs']).ended;
  for (const { code, output } of await Promise.all([build(), build()]))
    expect([code, output]).toEqual([0, output]);
  const files = readdirSync(join(checkout.path, 'dist'), { recursive: true }).sort();
  expect(files).toEqual([
    'assets',
    expect.stringMatching(/^assets.index-.*\.js$/),
    'index.html',
    'licenses.txt',
  ]);
  const html = readFileSync(join(checkout.path, 'dist/index.html'), 'utf8');
  expect(html).toContain('http-equiv="Content-Security-Policy"');
});

/** How to be somebody who may not write; null where that cannot be. */
function asAnother(): readonly string[] | null {
  if (process.getuid?.() !== 0) return process.platform === 'win32' ? null : [];
  const before = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const [command, ...args] = before;
  const reads = spawnSync(command, [
    ...args,
    process.execPath,
    '-e',
    `require('fs').readdirSync(process.argv[1])`,
    root,
  ]);
  return reads.status === 0 ? before : null;
}

test('a checkout that is not writable: commands run, the page is served', async ({ skip }) => {
  const before = asAnother();
  if (!before) {
    console.warn('skipped: no user at hand who may read this checkout and not write to it');
    return skip();
  }
  checkout = new SmallCheckout();
  checkout.write('cli/hello.ts', `console.log('hello');\n`);
  execFileSync('chmod', ['-R', 'a+rX,a-w', checkout.path]);
  chmodSync(checkout.folder, 0o755);
  chmodSync(checkout.cache, 0o777);
  const options = { before, env: { HOME: '/nonexistent' } };
  try {
    const hello = await checkout.start(['cli/run.mjs', 'cli/hello.ts'], options).ended;
    expect(hello).toMatchObject({ code: 0, output: 'hello\n' });
    const server = await serve(options);
    expect((await fetch(server.address)).status).toBe(200);
    server.child.kill('SIGINT');
    expect((await server.ended).code).toBe(0);
    const build = await checkout.start(['scripts/build.mjs'], options).ended;
    expect(build).toMatchObject({
      code: 1,
      output: expect.stringMatching(/dist could not be written: .*\.\n$/),
    });
  } finally {
    execFileSync('chmod', ['-R', 'u+w', checkout.path]);
  }
});

describe('a path', () => {
  test.each(['with space', '50%41', 'Prüfung 日本', "it's [a] (b) & {c}"])('"%s" works', async (name) => {
    checkout = new SmallCheckout(name);
    checkout.write('cli/hello.ts', `import { word } from '../src/word.ts';\nconsole.log(word);\n`);
    checkout.write('src/word.ts', `export const word = 'hello';\n`);
    expect(await checkout.command('cli/hello.ts').ended).toMatchObject({ code: 0, output: 'hello\n' });
    expect(await checkout.start(['scripts/build.mjs']).ended).toMatchObject({ code: 0 });
    expect(readdirSync(join(checkout.path, 'dist'))).toContain('index.html');
  });

  test.each(['c#', 'what?', 'a*b'])('"%s" is refused in one sentence, by every command', async (name) => {
    checkout = new SmallCheckout(name);
    const starts = [
      ['cli/run.mjs', 'cli/hello.ts'],
      ['scripts/start.mjs'],
      ['scripts/build.mjs'],
      ['scripts/test.mjs'],
    ];
    for (const args of starts)
      expect(await checkout.start(args).ended).toMatchObject({
        code: 1,
        output: `\n${pathProblem(checkout.path)}\n`,
      });
  });

  test('only the folders that do not work are refused', () => {
    expect(pathProblem('/home/me/a b/ü/%20/x[1]')).toBeUndefined();
    expect(pathProblem('/home/c#/x')).toBe(
      'The folder /home/c#/x has "#" in its path, which Vite cannot build in. Move or rename it.',
    );
  });
});

describe('without the registry', () => {
  const unreachable = [{ npm_config_offline: 'true' }, { npm_config_registry: 'http://localhost:9/' }];

  /** A checkout with three small packages of its own. */
  function withPackages() {
    const own = new SmallCheckout('checkout', true);
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const names = ['zod', 'clsx', 'idb'];
    const packages = Object.fromEntries(
      names.map((name) => [`node_modules/${name}`, lock.packages[`node_modules/${name}`]]),
    );
    const dependencies = Object.fromEntries(
      names.map((name) => [name, packages[`node_modules/${name}`].version]),
    );
    const manifest = { name: 'small', version: '1.0.0', type: 'module', dependencies };
    own.write('package.json', JSON.stringify(manifest));
    const head = { name: 'small', version: '1.0.0', lockfileVersion: 3, requires: true };
    own.write('package-lock.json', JSON.stringify({ ...head, packages: { '': manifest, ...packages } }));
    for (const name of names)
      cpSync(join(root, 'node_modules', name), join(own.path, 'node_modules', name), { recursive: true });
    writeFileSync(join(own.path, 'node_modules/.package-lock.json'), JSON.stringify({ ...head, packages }));
    return own;
  }

  const contentOf = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();

  test.each(unreachable)(
    'one package missing: the others stay, and a sentence says what to do (%o)',
    async (env) => {
      for (const args of [['scripts/start.mjs'], ['cli/run.mjs', 'cli/hello.ts'], ['scripts/build.mjs']]) {
        checkout = withPackages();
        const modules = join(checkout.path, 'node_modules');
        rmSync(join(modules, 'clsx'), { recursive: true });
        const before = contentOf(modules);
        const empty = join(checkout.folder, 'npm-cache');
        mkdirSync(empty);
        const ended = await checkout.start(args, { env: { ...env, npm_config_cache: empty } }).ended;
        expect(ended.code).toBe(1);
        expect(ended.output).toContain('The packages could not be installed (node_modules/clsx is missing)');
        expect(ended.output).toContain('Check the connection');
        expect(ended.output).not.toContain('.mjs:');
        expect(contentOf(modules)).toEqual(before);
        checkout.remove();
      }
    },
  );

  test('package.json changed without the lock file: that is said before anything is asked for', async () => {
    checkout = withPackages();
    rmSync(join(checkout.path, 'node_modules/idb'), { recursive: true });
    const manifest = JSON.parse(readFileSync(join(checkout.path, 'package.json'), 'utf8'));
    manifest.dependencies.zod = '1.0.0';
    checkout.write('package.json', JSON.stringify(manifest));
    const { code, output } = await checkout.start(['scripts/start.mjs'], { env: unreachable[0] }).ended;
    expect(code).toBe(1);
    expect(output).toMatch(
      /^\npackage\.json and package-lock\.json name different versions of zod\. Run "npm install"/,
    );
  });
});
