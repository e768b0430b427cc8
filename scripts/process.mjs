import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root: every program runs there. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** A failure that the person at the terminal can do something about: printed without a stack. */
export class SetupError extends Error {}

/**
 * Runs a program in the repository's root, its output on this terminal and no input.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, limitSeconds?: number, stdout?: 'inherit' | 'stderr' }} [options]
 * `limitSeconds`: it is ended after so long; `stdout`: where its output goes, this command's own or its errors.
 * @returns {Promise<number>} its exit code; 124 when it ran past its limit, 127 when it could not be started
 */
export function run(command, args, { env = {}, limitSeconds, stdout = 'inherit' } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', stdout === 'stderr' ? 2 : 'inherit', 'inherit'],
    });
    let late = false;
    const timer =
      limitSeconds &&
      setTimeout(() => {
        late = true;
        child.kill();
        setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
      }, limitSeconds * 1000);
    /** @param {number} code */
    const end = (code) => {
      clearTimeout(timer || undefined);
      done(late ? 124 : code);
    };
    child.on('error', () => end(127));
    child.on('exit', (code) => end(code ?? 1));
  });
}

/**
 * Runs a program written in JavaScript with this Node, such as a package's command.
 * @param {readonly string[]} args the script, relative to the root, and its arguments
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}

/**
 * Ends the program as a person expects: a SetupError as one message, anything else with its stack.
 * @param {unknown} thrown
 * @returns {never}
 */
export function fail(thrown) {
  console.error(thrown instanceof SetupError ? `\n${thrown.message}` : thrown);
  process.exit(1);
}
