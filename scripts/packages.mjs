import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root, run, runNode, SetupError } from './process.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   link?: boolean }} LockedPackage
 * @typedef {{ os: string, cpu: string, libc: string | undefined }} Machine
 */

/** @returns {Machine} */
function thisMachine() {
  /** @type {{ header?: { glibcVersionRuntime?: string } } | undefined} */
  const report =
    process.platform === 'linux' ? /** @type {object} */ (process.report?.getReport()) : undefined;
  const libc = report && (report.header?.glibcVersionRuntime ? 'glibc' : 'musl');
  return { os: process.platform, cpu: process.arch, libc };
}

/**
 * Optional packages are mostly one binary for each system: only this system's has to be there.
 * @param {LockedPackage} entry
 * @param {Machine} machine
 */
function isNeeded(entry, machine) {
  if (!entry.optional) return true;
  if (!entry.os || !entry.cpu) return false;
  const libcFits = !entry.libc || (machine.libc !== undefined && entry.libc.includes(machine.libc));
  return entry.os.includes(machine.os) && entry.cpu.includes(machine.cpu) && libcFits;
}

/**
 * The first package of the lock file that is absent from what is installed, or installed in another version.
 * @param {Record<string, LockedPackage>} locked packages of package-lock.json
 * @param {Record<string, LockedPackage>} installed packages of node_modules/.package-lock.json
 * @param {Machine} machine
 * @returns {string | undefined} its path, such as "node_modules/vite"
 */
export function firstOutdated(locked, installed, machine) {
  return Object.keys(locked).find((path) => {
    if (path === '' || !isNeeded(locked[path], machine)) return false;
    const { version, integrity } = locked[path];
    const present = installed[path];
    return !present || present.version !== version || present.integrity !== integrity;
  });
}

/** @param {string} file */
function packagesOf(file) {
  /** @type {{ packages: Record<string, LockedPackage> }} */
  const { packages } = JSON.parse(readFileSync(join(root, file), 'utf8'));
  return packages;
}

/** @returns {string | undefined} why packages have to be installed */
function installReason() {
  const list = 'node_modules/.package-lock.json';
  if (!existsSync(join(root, list))) return 'nothing is installed yet';
  const locked = packagesOf('package-lock.json');
  const installed = packagesOf(list);
  const outdated = firstOutdated(locked, installed, thisMachine());
  if (outdated) return `${outdated.replace('node_modules/', '')} is missing or out of date`;
  const lost = Object.keys(installed).find((path) => !existsSync(join(root, path)));
  return lost && `${lost} is missing`;
}

/** @param {readonly string[]} args */
function runNpm(args) {
  const script = process.env.npm_execpath;
  if (script && basename(script) === 'npm-cli.js') return runNode([script, ...args]);
  // npm on Windows is a command file, which only a shell can start.
  return process.platform === 'win32' ? run('cmd.exe', ['/c', 'npm', ...args]) : run('npm', args);
}

/**
 * Installs the packages of the lock file where they are not all there.
 * @throws {SetupError} when npm cannot
 */
export async function ensurePackages() {
  const reason = installReason();
  if (!reason) return;
  console.log(`Installing packages (${reason}) ...`);
  const code = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code === 0) return;
  throw new SetupError(
    code === 127
      ? 'npm was not found. It comes with Node: install Node from https://nodejs.org, then try again.'
      : `The packages could not be installed: npm ci ended with code ${code} (its own message is above).\n` +
          'This needs the npm registry once. Check the connection, the proxy ("npm config get proxy") and the ' +
          'registry ("npm config get registry"), then run the command again. If package.json was edited by hand, ' +
          'run "npm install" first.',
  );
}
