import { commandOf, markOf, type ProcessMark, parentOf, stillRuns } from './processes.ts';

const everyMs = 1000;
/** Shells between npm and its script, at most. */
const furthest = 5;

/**
 * Calls back once the npm that started this process is gone, which tells its scripts nothing when it is killed. Where
 * no npm started it nothing is watched.
 */
export function watchNpm(onGone: () => void): void {
  // npm hands its variables on to all that its scripts start; this is about those that train.
  if (!['train', 'sweep'].includes(process.env.npm_lifecycle_event ?? '')) return;
  const watched = ancestorsUpToNpm(process.pid);
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent && !watched.some((mark) => stillRuns(mark) === false)) return;
    clearInterval(timer);
    onGone();
  }, everyMs).unref();
}

/** The processes from a process's parent to npm; none where npm is not found, as on systems that do not tell. */
export function ancestorsUpToNpm(
  pid: number,
  { parent, command }: { parent(pid: number): number | null; command(pid: number): string } = {
    parent: parentOf,
    command: commandOf,
  },
): ProcessMark[] {
  const found: ProcessMark[] = [];
  let at = parent(pid);
  while (at !== null && at > 1 && found.length < furthest) {
    found.push(markOf(at));
    if (isNpm(command(at))) return found;
    at = parent(at);
  }
  return [];
}

/** By its program or script: what follows may be anything, such as a directory of this name. */
function isNpm(command: string): boolean {
  return command
    .split(' ', 2)
    .some((word) => /^(.*[/\\])?(npm|pnpm|yarn|bun)(-cli)?(\.[cm]?js)?$/.test(word));
}
