import { type LoneSteps, lastOf, type Player } from '../config/players.ts';
import type { LiveKey } from '../config/schema.ts';
import type { LiveChange } from './liveChange.ts';
import type { RunRecord } from './runRecord.ts';

/** What one gesture of a person did to a live setting: a drag, a run of arrow keys, a number typed in. */
export interface Move {
  readonly key: LiveKey;
  /** The value before the gesture. */
  readonly from: number;
  /** The value that it came to. */
  readonly to: number;
  /** The step from which its first value acts, and that from which its last one does. */
  readonly firstStep: number;
  readonly lastStep: number;
  readonly gesture?: number | undefined;
}

/** Steps, one after the other, in which a person had one player only learn. */
export interface LoneMove {
  readonly player: Player;
  readonly firstStep: number;
  readonly lastStep: number;
}

/** All that a person does to a run on its way. */
export type AnyMove = Move | LoneMove;

export function loneMoves(all: readonly LoneSteps[]): LoneMove[] {
  return all.map((lone) => ({ player: lone.player, firstStep: lone.step, lastStep: lastOf(lone) }));
}

/**
 * Changes, in the order in which they were made, by gesture. Those that name no gesture, as in older records, are
 * taken for one where each goes on from the last within `gap` steps.
 */
export function movesOf(changes: readonly LiveChange[], gap = 0): Move[] {
  const moves: Move[] = [];
  const latest = new Map<LiveKey, number>();
  for (const change of changes) {
    const index = latest.get(change.key);
    const move = index === undefined ? null : moves[index];
    if (index !== undefined && move && belongs(change, move, gap)) {
      moves[index] = { ...move, to: change.to, lastStep: change.step };
    } else {
      const { key, from, to, step, gesture } = change;
      latest.set(key, moves.push({ key, from, to, firstStep: step, lastStep: step, gesture }) - 1);
    }
  }
  return moves;
}

function belongs(change: LiveChange, move: Move, gap: number): boolean {
  if (change.gesture !== undefined || move.gesture !== undefined) return change.gesture === move.gesture;
  return change.from === move.to && change.step - move.lastStep <= gap;
}

/** Seconds between the changes of one gesture at most: a dragged slider sends some values a second. */
const gapSeconds = 0.5;

/** What persons did to the live settings of a run, in its order. */
export function recordedMoves({ changes, steps, seconds }: RunRecord): Move[] {
  return movesOf(changes, seconds > 0 ? Math.max(1, (gapSeconds * steps) / seconds) : 1);
}
