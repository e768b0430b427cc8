import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { hasEnded, ownMark } from './alive.mjs';

const renewMs = 5000;
/** A holder renews its lock; one that has not for so long is gone, whoever has its number now. */
const staleMs = 60_000;
const lookMs = 50;

/** @param {unknown} thrown */
const codeOf = (thrown) => /** @type {NodeJS.ErrnoException} */ (thrown).code;

/**
 * Does something that only one process at a time may do; the others wait.
 * @template T
 * @param {string} path of the lock: a file that is there while it is held, in a folder that exists
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once where another process holds it
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait = () => {}) {
  for (let waited = false; !take(path); await wait(lookMs)) {
    if (!waited) onWait();
    waited = true;
  }
  const renewal = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // Its folder was removed: nobody can wait for it any more.
    }
  }, renewMs);
  renewal.unref();
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    process.off('exit', release);
    release();
  }
}

/** @param {string} path */
function take(path) {
  try {
    writeFileSync(path, ownMark, { flag: 'wx' });
    return true;
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') throw thrown;
  }
  if (isLeftOver(path)) discard(path);
  return false;
}

/** @param {string} path */
function isLeftOver(path) {
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    const mark = readFileSync(path, 'utf8');
    // Between its creation and its first byte it is empty.
    return age > staleMs || (mark !== '' && hasEnded(mark));
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return false;
    throw thrown;
  }
}

/**
 * Removes a lock that was left over. Of several processes that want to, one gets it; one that comes late and has
 * taken away its successor puts that back.
 * @param {string} path
 */
function discard(path) {
  const aside = `${path}.${ownMark}`;
  try {
    renameSync(path, aside);
    if (!isLeftOver(aside)) linkSync(aside, path);
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT' && codeOf(thrown) !== 'EEXIST') throw thrown;
  } finally {
    rmSync(aside, { force: true });
  }
}
