import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './process.mjs';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/**
 * A checkout for tests: the project's own scripts, beside a page and commands of a few lines, and a cache of its
 * own.
 */
export class SmallCheckout {
  readonly folder: string;
  readonly path: string;
  readonly cache: string;

  /** @param name of its folder @param ownPackages without a link to the packages of this one */
  constructor(name = 'checkout', ownPackages = false) {
    this.folder = mkdtempSync(join(tmpdir(), 'small-checkout-'));
    this.path = join(this.folder, name);
    this.cache = join(this.folder, 'cache');
    mkdirSync(this.cache);
    // What builds the WebAssembly kernels asks for the names of their records.
    const records = 'src/engines/wasm/records.mjs';
    for (const part of ['scripts', 'cli/run.mjs', 'cli/bundle.mjs', 'vite.config.ts', 'LICENSE', records])
      cpSync(join(root, part), join(this.path, part), { recursive: true });
    for (const part of ['package.json', 'package-lock.json']) cpSync(join(root, part), join(this.path, part));
    for (const part of ['bench', 'public']) mkdirSync(join(this.path, part));
    this.write(
      'index.html',
      '<!doctype html><title>small</title><script type="module" src="/src/main.ts"></script>',
    );
    this.write('src/main.ts', 'document.title = "loaded";\n');
    this.write('src/worker/worker.ts', '');
    if (!ownPackages) symlinkSync(join(root, 'node_modules'), join(this.path, 'node_modules'), 'junction');
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true });
    writeFileSync(join(this.path, file), text);
  }

  /** Starts a program of it, by default with this Node. */
  start(args: readonly string[], { env = {}, before = [] as readonly string[] } = {}) {
    const [command, ...rest] = [...before, process.execPath, ...args];
    const child = spawn(command, rest, {
      cwd: this.path,
      env: { ...process.env, XDG_CACHE_HOME: this.cache, NO_COLOR: '1', ...env },
    });
    let output = '';
    const listeners = new Set<() => void>();
    const add = (data: Buffer) => {
      output += data;
      for (const listener of listeners) listener();
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    const ended = new Promise<Ended>((done) =>
      child.on('close', (code, signal) => done({ code, signal, output })),
    );
    /** Resolves with the output as soon as it holds this. */
    const says = (text: RegExp) =>
      new Promise<RegExpExecArray>((done, failed) => {
        const look = () => {
          const match = text.exec(output);
          if (match) done(match);
        };
        listeners.add(look);
        look();
        void ended.then(() => failed(new Error(`It ended without saying ${text}: ${output}`)));
      });
    return { child, ended, says };
  }

  /** Runs a command of it as `npm run` does. */
  command(entry: string, ...args: string[]) {
    return this.start(['cli/run.mjs', entry, ...args]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
