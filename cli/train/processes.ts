import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from './failures.ts';

/** What tells a process from a later one with the same id: when it began, where the system says so. */
export interface ProcessMark {
  readonly pid: number;
  /** Clock ticks since the system began; null where it cannot be told (not on Linux). */
  readonly began: string | null;
}

/**
 * The machine on which process ids mean something: of two containers, or of a machine before and after it was
 * started anew, the same id means two processes.
 */
export function machineName(): string {
  const boot = textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const processes = textOf(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot, processes].filter(Boolean).join(' ');
}

export function markOf(pid: number): ProcessMark {
  return { pid, began: statOf(pid)?.began ?? null };
}

/** Whether a process still runs; undefined where another one may have its id by now. */
export function stillRuns({ pid, began }: ProcessMark): boolean | undefined {
  if (!exists(pid)) return false;
  if (began === null) return undefined;
  const now = statOf(pid);
  return now !== null && now.began === began && !ended.has(now.state);
}

/** The process that started another, as far as it is known. */
export function parentOf(pid: number): number | null {
  return statOf(pid)?.parent ?? null;
}

/** The words of a process's command; none where they cannot be told. */
export function commandOf(pid: number): string {
  return textOf(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
}

/** Zombie and dead: a process that ended and whose parent has not asked how. */
const ended: ReadonlySet<string> = new Set(['Z', 'X']);

interface Stat {
  readonly state: string;
  readonly parent: number;
  readonly began: string;
}

/** From Linux' /proc/PID/stat, whose second field, the name in parentheses, may hold anything. */
function statOf(pid: number): Stat | null {
  const text = textOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 20) return null;
  return { state: fields[0], parent: Number(fields[1]), began: fields[19] };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return codeOf(thrown) === 'EPERM';
  }
}

function textOf(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
