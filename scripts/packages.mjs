import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder } from './cacheFolder.mjs';
import { pathProblem } from './checkoutPath.mjs';
import { withLock } from './lock.mjs';
import { root, run, runNode, SetupError } from './process.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?:
 * string[], link?: boolean }} LockedPackage
 * @typedef {{ os: string, cpu: string, libc: string | undefined }} Machine
 */

/** @returns {Machine} */
function thisMachine() {
  // Looking up the names of this machine's addresses may take seconds.
  if (process.report) Object.assign(process.report, { excludeNetwork: true });
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

/**
 * @returns {string | undefined} a dependency whose range in package.json was changed without the lock file
 */
function unlockedDependency() {
  /** @typedef {{ dependencies?: Record<string, string>, devDependencies?: Record<string, string> }} Manifest */
  /** @param {Manifest} manifest */
  const ranges = ({ dependencies, devDependencies }) => ({ ...dependencies, ...devDependencies });
  const wanted = ranges(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const locked = ranges(/** @type {Manifest} */ (packagesOf('package-lock.json')['']));
  return Object.keys({ ...wanted, ...locked }).find((name) => wanted[name] !== locked[name]);
}

/** @param {readonly string[]} args */
function runNpm(args) {
  const script = process.env.npm_execpath;
  // A command's own output may be read by a program.
  const options = { stdout: /** @type {const} */ ('stderr') };
  if (script && basename(script) === 'npm-cli.js') return runNode([script, ...args], options);
  // npm on Windows is a command file, which only a shell can start.
  return process.platform === 'win32'
    ? run('cmd.exe', ['/c', 'npm', ...args], options)
    : run('npm', args, options);
}

/**
 * "npm install" keeps what is there when it fails, where "npm ci" begins by deleting it; both take the locked
 * versions.
 */
const installArguments = [
  ...[
    'install',
    '--no-save',
    '--include=dev',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ],
  // Where there is no network, that is said soon.
  ...['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'],
];

/**
 * Installs the packages of the lock file where they are not all there. Of commands that start together one does it
 * and the others wait. Every command begins with this.
 * @throws {SetupError} when npm cannot, and what was there is there still; when nothing can be built in this
 * folder
 */
export async function ensurePackages() {
  const problem = pathProblem(root);
  if (problem) throw new SetupError(problem);
  if (!installReason()) return;
  const work = async () => {
    const reason = installReason();
    if (reason) await install(reason);
  };
  const onWait = () => console.error('Waiting for another command that installs the packages ...');
  await withLock(join(cacheFolder(), 'install.lock'), work, onWait);
}

/** @param {string} folder */
function mayWrite(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} reason
 * @throws {SetupError}
 */
async function install(reason) {
  const modules = join(root, 'node_modules');
  const changed = existsSync(modules) ? modules : root;
  if (!mayWrite(changed))
    throw new SetupError(
      `The packages are not as the lock file has them (${reason}), and this user may not write to ${changed}. Have the ` +
        'owner of this checkout run "npm install" in it, or work in a clone of your own.',
    );
  const unlocked = unlockedDependency();
  if (unlocked)
    throw new SetupError(
      `package.json and package-lock.json name different versions of ${unlocked}. Run "npm install", which brings them ` +
        'together, then run the command again.',
    );
  console.error(`Installing packages (${reason}) ...`);
  const code = await runNpm(installArguments);
  const left = installReason();
  if (code === 0 && !left) return;
  if (code === 127)
    throw new SetupError(
      'npm was not found. It comes with Node: install Node from https://nodejs.org, then try again.',
    );
  throw new SetupError(
    `The packages could not be installed (${left ?? reason}): npm ended with code ${code}; its own message is above. ` +
      'What was installed before is still there.\n' +
      'This needs the npm registry once. Check the connection, the proxy ("npm config get proxy") and the registry ' +
      '("npm config get registry"), then run the command again.',
  );
}
