import { part } from '../report.ts';
import type { Repair } from '../settings/setting.ts';
import { type LiveKey, liveSettingsSchema } from './schema.ts';

/** A live setting that is to take a value at a step: it acts from `step` on, as it did in the run that this one replays. */
export interface ReplayedChange {
  readonly step: number;
  readonly key: LiveKey;
  readonly to: number;
  /** The same for the changes of one gesture of a person, such as a drag; a setting moved by no hand has none. */
  readonly gesture?: number | undefined;
}

/** More changes than this are for a file, not for a link. */
const mostChanges = 2000;
const lastStep = 2 ** 32 - 1;

/**
 * Changes in the order of their steps as text for an address: "gamma500_12-4_13.5-beta900_2". An entry with a name begins
 * a gesture: setting, step, value. An entry without one continues the gesture, so many steps after the entry before.
 */
export function writeChanges(changes: readonly ReplayedChange[]): string {
  const ordered = changes.toSorted((a, b) => a.step - b.step);
  return ordered
    .map(({ key, step, to, gesture }, i) => {
      const before = ordered[i - 1];
      const goesOn = before?.key === key && gesture !== undefined && before.gesture === gesture;
      return goesOn ? `${step - before.step}_${to}` : `${key}${step}_${to}`;
    })
    .join('-');
}

const entry = /(?:^|-)([a-z]*)(\d{1,10})_(\d+(?:\.\d+)?(?:e[-+]?\d+)?)/iy;

/** Reads what `writeChanges` wrote. What comes after the first part that is no change is refused with it. */
export function readChanges(text: string): Repair<readonly ReplayedChange[]> {
  const changes: ReplayedChange[] = [];
  entry.lastIndex = 0;
  let gesture = -1;
  while (entry.lastIndex < text.length) {
    const match = entry.exec(text);
    const change = match && changeOf(match, changes.at(-1), gesture);
    if (!change || changes.length === mostChanges) {
      if (changes.length === 0) return { kind: 'refused' };
      return {
        kind: 'value',
        value: changes,
        asGiven: false,
        why: part('link.movesCut', { count: changes.length }),
      };
    }
    gesture = change.gesture ?? gesture;
    changes.push(change);
  }
  return changes.length === 0 ? { kind: 'refused' } : { kind: 'value', value: changes, asGiven: true };
}

/** The change that an entry stands for; null for none. */
function changeOf(
  [, name, steps, value]: RegExpExecArray,
  before: ReplayedChange | undefined,
  gesture: number,
): ReplayedChange | null {
  const key = name === '' ? before?.key : liveKeyOf(name);
  if (key === undefined) return null;
  const step = Number(steps) + (name === '' ? (before?.step ?? 0) : 0);
  const to = liveSettingsSchema.shape[key].safeParse(Number(value)).data;
  if (to === undefined || step < 1 || step > lastStep || step < (before?.step ?? 0)) return null;
  return { step, key, to, gesture: name === '' ? gesture : gesture + 1 };
}

function liveKeyOf(name: string): LiveKey | undefined {
  return liveSettingsSchema.keyof().options.find((key) => key.toLowerCase() === name.toLowerCase());
}
