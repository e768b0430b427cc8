import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { ownMark } from './alive.mjs';
import { root, SetupError } from './process.mjs';

const project = 'factorvae-playground';

/**
 * Where a user's caches lie on this system, best first.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @param {string} home
 * @returns {string[]}
 */
export function cachePlaces(platform, env, home) {
  const named = env.XDG_CACHE_HOME;
  // The specification has relative ones ignored.
  const places = named && isAbsolute(named) ? [named] : [];
  if (platform === 'win32' && env.LOCALAPPDATA) places.push(env.LOCALAPPDATA);
  else if (platform === 'darwin') places.push(join(home, 'Library/Caches'));
  else places.push(join(home, '.cache'));
  return places;
}

/**
 * Makes a folder that belongs to this user alone, where it can.
 * @param {string} path
 */
function makeOwn(path) {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const { uid } = lstatSync(path);
    // In a folder for everyone, such as /tmp, another user may have been there first.
    if (process.getuid && uid !== process.getuid()) return false;
    const probe = join(path, `.probe-${ownMark}`);
    writeFileSync(probe, '');
    rmSync(probe);
    return true;
  } catch {
    return false;
  }
}

/**
 * The folder for what this user has built from this checkout: outside of it, for it may be another user's, and
 * beside a link to its packages, so that what is built finds them.
 * @returns {string}
 * @throws {SetupError} when there is no place for one
 */
export function cacheFolder() {
  const user = process.getuid?.() ?? userInfo().username;
  const places = cachePlaces(process.platform, process.env, homedir()).map((place) => join(place, project));
  const own = [...places, join(tmpdir(), `${project}-${user}`)].find(makeOwn);
  const checkout = `${basename(root)}-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`;
  const folder = own && join(own, checkout);
  if (!folder || !makeOwn(folder))
    throw new SetupError(
      `There is no folder to build in: ${places[0]} cannot be written. Name one that can in XDG_CACHE_HOME.`,
    );
  linkPackages(join(folder, 'node_modules'));
  return folder;
}

/** @param {string} link */
function linkPackages(link) {
  try {
    // A junction is what Windows lets everyone make; elsewhere the kind is ignored.
    symlinkSync(join(root, 'node_modules'), link, 'junction');
  } catch (thrown) {
    if (/** @type {NodeJS.ErrnoException} */ (thrown).code !== 'EEXIST') throw thrown;
  }
}
