import { hostname } from 'node:os';

/** How a process signs a file that others read: by its number and its machine, for home folders may be shared. */
export const ownMark = `${process.pid}@${hostname()}`;

/**
 * Whether the process that signed so is known to have ended. One of another machine never is.
 * @param {string} mark as `ownMark`
 */
export function hasEnded(mark) {
  const at = mark.indexOf('@');
  const pid = Number(mark.slice(0, at));
  if (at < 0 || !Number.isInteger(pid) || pid < 1) return true;
  if (mark.slice(at + 1) !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (thrown) {
    // A process of another user exists, though it may not be signalled.
    return /** @type {NodeJS.ErrnoException} */ (thrown).code !== 'EPERM';
  }
}
