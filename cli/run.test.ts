import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SmallCheckout } from '../scripts/smallCheckout.ts';

const checkout = new SmallCheckout();
afterAll(() => checkout.remove());

const hello = (word: string) =>
  `const word: string = '${word}';\nconsole.log(word, ...process.argv.slice(2), process.pid);\n`;

/** Folders of the builds of a command. */
function builds(name: string): string[] {
  const [own] = readdirSync(join(checkout.cache, 'factorvae-playground'));
  const folder = join(checkout.cache, 'factorvae-playground', own);
  const mine = readdirSync(folder).filter((entry) => entry.startsWith(`cli.${name}-`));
  expect(readdirSync(folder).filter((entry) => entry.startsWith('.temporary'))).toEqual([]);
  return mine.map((entry) => join(folder, entry));
}

describe('commands that start together', () => {
  test('six of one command, none built yet: all do their work, on one build', async () => {
    checkout.write('cli/six.ts', hello('six'));
    const started = Array.from({ length: 6 }, (_, i) => checkout.command('cli/six.ts', `n${i}`));
    const ended = await Promise.all(started.map((one) => one.ended));
    expect(ended).toEqual(
      started.map(({ child }, i) => ({ code: 0, signal: null, output: `six n${i} ${child.pid}\n` })),
    );
    expect(builds('six')).toHaveLength(1);
  });

  test('four different commands', async () => {
    const names = ['a', 'b', 'c', 'd'];
    for (const name of names) checkout.write(`cli/${name}.ts`, hello(name));
    const ended = await Promise.all(names.map((name) => checkout.command(`cli/${name}.ts`).ended));
    expect(ended.map(({ code, output }) => [code, output.slice(0, 1)])).toEqual(
      names.map((name) => [0, name]),
    );
  });

  test('a command that is edited while others of it start: each is the old or the new one, the next the new', async () => {
    checkout.write('cli/edited.ts', hello('old'));
    const early = [1, 2, 3].map(() => checkout.command('cli/edited.ts').ended);
    checkout.write('cli/edited.ts', hello('new'));
    for (const { code, output } of await Promise.all(early)) {
      expect(code).toBe(0);
      expect(output).toMatch(/^(old|new) /);
    }
    expect((await checkout.command('cli/edited.ts').ended).output).toMatch(/^new /);
  });

  test('one that is killed while it builds holds up nobody', async () => {
    checkout.write('cli/killed.ts', hello('killed'));
    const first = checkout.command('cli/killed.ts');
    await new Promise((done) => setTimeout(done, 150));
    first.child.kill('SIGKILL');
    const after = await Promise.all([1, 2].map(() => checkout.command('cli/killed.ts').ended));
    expect(after.map(({ code }) => code)).toEqual([0, 0]);
  });
});

test('old builds go, but none that a running command may still read', async () => {
  // What is imported later lies in a file of its own.
  checkout.write('src/later.ts', `export const later = 'read later';\n`);
  const waiting = (version: number) =>
    `console.log('version ${version}');\nif (process.argv[2]) process.stdin.once('data', async () => {\n` +
    `  console.log((await import('../src/later.ts')).later);\n  process.exit(0);\n});\n`;
  checkout.write('cli/kept.ts', waiting(0));
  const running = checkout.command('cli/kept.ts', 'wait');
  await running.says(/version 0/);
  const [used] = builds('kept');
  for (let version = 1; version < 6; version++) {
    // All so far were last used an hour ago, and the one in use before them.
    const hour = 3600;
    for (const build of builds('kept')) {
      const seconds = Date.now() / 1000 - (build === used ? 2 * hour : hour);
      utimesSync(build, seconds, seconds);
    }
    checkout.write('cli/kept.ts', waiting(version));
    expect((await checkout.command('cli/kept.ts').ended).output).toBe(`version ${version}\n`);
  }
  expect(builds('kept')).toHaveLength(4);
  expect(builds('kept')).toContain(used);
  running.child.stdin.write('\n');
  expect(await running.ended).toMatchObject({ code: 0, output: 'version 0\nread later\n' });
});

describe('a command is the process that was started', () => {
  test.each([0, 3, 130])('exit code %i', async (code) => {
    checkout.write('cli/code.ts', 'process.exitCode = Number(process.argv[2]);\n');
    expect(await checkout.command('cli/code.ts', String(code)).ended).toMatchObject({ code });
  });

  test('signals reach it, whether it takes them or not, and nothing is left', async () => {
    checkout.write(
      'cli/signal.ts',
      `if (process.argv[2] === 'takes') process.on('SIGTERM', () => { console.log('taken'); process.exit(5); });\n` +
        `setInterval(() => {}, 1000);\nconsole.log('ready', process.pid);\n`,
    );
    for (const [how, end] of [
      ['takes', { code: 5, signal: null }],
      ['leaves', { code: null, signal: 'SIGTERM' }],
    ] as const) {
      const running = checkout.command('cli/signal.ts', how);
      const [, pid] = await running.says(/ready (\d+)/);
      expect(Number(pid)).toBe(running.child.pid);
      running.child.kill('SIGTERM');
      expect(await running.ended).toMatchObject(end);
    }
  });

  test('an unexpected error names the line of the TypeScript', async () => {
    checkout.write(
      'src/broken.ts',
      `interface Some { a: number }\nexport function broken(_: Some): never {\n  throw new Error('broken');\n}\n`,
    );
    checkout.write('cli/broken.ts', `import { broken } from '../src/broken.ts';\nbroken({ a: 1 });\n`);
    const { code, output } = await checkout.command('cli/broken.ts').ended;
    expect(code).toBe(1);
    expect(output).toContain(`${join('src', 'broken.ts')}:3:`);
  });

  test('a command that cannot be built says so', async () => {
    checkout.write('cli/wrong.ts', 'const = 1;\n');
    const { code, output } = await checkout.command('cli/wrong.ts').ended;
    expect(code).toBe(1);
    expect(output).toMatch(/cli\/wrong\.ts could not be built: the message above says why\.\n$/);
  });
});
