import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { hasEnded, ownMark } from './alive.mjs';
import { cacheFolder } from './cacheFolder.mjs';
import { withLock } from './lock.mjs';
import { root } from './process.mjs';

/** Builds of one kind that are kept, for switching between branches. */
const kept = 3;
/** A build used more recently than this stays: it may be about to be read. */
const graceMs = 10 * 60_000;

/**
 * A name for the content of files: other content, another name.
 * @param {readonly string[]} paths files and folders, relative to the root; tests and their fixtures do not count
 * @returns {string}
 */
export function contentKey(paths) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const add = (path) => {
    const full = join(root, path);
    const stats = statSync(full, { throwIfNoEntry: false });
    if (!stats?.isDirectory()) {
      hash.update(`${path}\0${stats?.size ?? 'none'}\0`);
      if (stats) hash.update(readFileSync(full));
      return;
    }
    for (const name of readdirSync(full).sort())
      if (name !== 'fixtures' && !name.endsWith('.test.ts')) add(`${path}/${name}`);
  };
  for (const path of paths) add(path);
  return hash.digest('hex').slice(0, 24);
}

/**
 * A folder that is built where it is not there yet, whole or not at all, and that stays as long as this process
 * runs.
 * @param {string} name of its kind, such as "train"
 * @param {() => string} keyOf the present name of all that goes into it
 * @param {(folder: string) => Promise<void>} make writes it into a folder that does not exist yet
 * @returns {Promise<string>} its path
 */
export async function builtOnce(name, keyOf, make) {
  const cache = cacheFolder();
  for (;;) {
    const key = keyOf();
    const build = join(cache, `${name}-${key}`);
    if (use(build)) return join(build, 'out');
    await withLock(join(cache, `${name}.lock`), async () => {
      if (existsSync(build)) return;
      const temporary = join(cache, temporaryName());
      try {
        mkdirSync(join(temporary, 'users'), { recursive: true });
        await make(join(temporary, 'out'));
        // What was edited meanwhile may have gone in by half.
        if (keyOf() === key) renameSync(temporary, build);
      } finally {
        rmSync(temporary, { recursive: true, force: true });
      }
      cleanUp(cache, name, key);
    });
  }
}

/**
 * Signs a build as used by this process.
 * @param {string} build
 * @returns {boolean} whether it is there
 */
function use(build) {
  const mark = join(build, 'users', ownMark);
  try {
    writeFileSync(mark, '');
    utimesSync(build, new Date(), new Date());
  } catch (thrown) {
    if (/** @type {NodeJS.ErrnoException} */ (thrown).code === 'ENOENT') return false;
    throw thrown;
  }
  process.once('exit', () => rmSync(mark, { force: true }));
  return true;
}

function temporaryName() {
  return `.temporary-${randomUUID()}-${ownMark}`;
}

/**
 * Removes what ended processes left unfinished, and the builds of a kind that were not used lately.
 * @param {string} cache
 * @param {string} name
 * @param {string} present key of the one just built
 */
function cleanUp(cache, name, present) {
  const entries = readdirSync(cache);
  const isBuild = new RegExp(`^${name}-[0-9a-f]{24}$`);
  const old = entries
    .filter((entry) => isBuild.test(entry) && entry !== `${name}-${present}`)
    .map((entry) => ({ entry, used: statSync(join(cache, entry)).mtimeMs }))
    .sort((a, b) => b.used - a.used)
    .slice(kept - 1)
    .filter(({ entry, used }) => Date.now() - used > graceMs && !isUsed(join(cache, entry)));
  for (const { entry } of old) {
    const aside = join(cache, temporaryName());
    renameSync(join(cache, entry), aside);
    rmSync(aside, { recursive: true, force: true });
  }
  const leftOver = /^\.temporary-[0-9a-f-]{36}-(.*)$/;
  for (const entry of entries) {
    const mark = leftOver.exec(entry)?.[1];
    if (mark && hasEnded(mark)) rmSync(join(cache, entry), { recursive: true, force: true });
  }
}

/** @param {string} build */
function isUsed(build) {
  return readdirSync(join(build, 'users')).some((mark) => !hasEnded(mark));
}
