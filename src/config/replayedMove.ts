import { part } from '../report.ts';
import type { Repair } from '../settings/setting.ts';
import { lastStep } from './lastStep.ts';
import { type LoneSteps, lastOf, type Player, players, playersOf } from './players.ts';
import { type LiveKey, liveSettingsSchema, type RunConfig } from './schema.ts';

/**
 * A live setting that is to take a value at a step: it acts from `step` on, as it did in the run that this one
 * replays.
 */
export interface ReplayedChange {
  readonly step: number;
  readonly key: LiveKey;
  readonly to: number;
  /** The same for the changes of one gesture of a person, such as a drag; a setting moved by no hand has none. */
  readonly gesture?: number | undefined;
}

/** What a run that replays another one does by itself. */
export type ReplayedMove = ReplayedChange | LoneSteps;

export function isLone(move: ReplayedMove): move is LoneSteps {
  return 'player' in move;
}

export function isChange(move: ReplayedMove): move is ReplayedChange {
  return !isLone(move);
}

/** Whether a run can make a move: it must have the player that learns alone. */
export function canMake(config: Pick<RunConfig, 'objective'>, move: ReplayedMove): boolean {
  return !isLone(move) || playersOf(config).includes(move.player);
}

/** Whether a replay holds a move that was made; of steps of one player it may have more than these. */
export function holdsMove(replay: readonly ReplayedMove[], made: ReplayedMove): boolean {
  return replay.some((move) =>
    isLone(move)
      ? isLone(made) && move.player === made.player && move.step <= made.step && made.step <= lastOf(move)
      : isChange(made) && move.step === made.step && move.key === made.key && move.to === made.to,
  );
}

/** In the order in which they act: a setting moved at a step acts in it. */
export function inOrder(moves: readonly ReplayedMove[]): ReplayedMove[] {
  return moves.toSorted((a, b) => a.step - b.step || Number(isLone(a)) - Number(isLone(b)));
}

/** More moves than this are for a file, not for a link. */
const mostMoves = 2000;

/**
 * Moves in the order of their steps as text for an address: "gamma500_12-4_13.5-beta900_2-vae950_3". An entry with
 * a name begins a gesture: setting, step, value. An entry without one continues the gesture, so many steps after
 * the entry before. With a player in place of the setting it says how many steps that player learned alone.
 */
export function writeMoves(moves: readonly ReplayedMove[]): string {
  const ordered = inOrder(moves);
  return ordered
    .map((move, i) => {
      if (isLone(move)) return `${move.player}${move.step}_${move.steps}`;
      const { key, step, to, gesture } = move;
      const before = ordered[i - 1];
      const goesOn =
        before &&
        !isLone(before) &&
        before.key === key &&
        gesture !== undefined &&
        before.gesture === gesture;
      return goesOn ? `${step - before.step}_${to}` : `${key}${step}_${to}`;
    })
    .join('-');
}

const entry = /(?:^|-)([a-z]*)(\d{1,10})_(\d+(?:\.\d+)?(?:e[-+]?\d+)?)/iy;

/** Reads what `writeMoves` wrote. What comes after the first part that is no move is refused with it. */
export function readMoves(text: string): Repair<readonly ReplayedMove[]> {
  const moves: ReplayedMove[] = [];
  entry.lastIndex = 0;
  let gesture = -1;
  while (entry.lastIndex < text.length) {
    const match = entry.exec(text);
    const move = match && moveOf(match, moves.at(-1), gesture);
    if (!move || moves.length === mostMoves) {
      if (moves.length === 0) return { kind: 'refused' };
      return {
        kind: 'value',
        value: moves,
        asGiven: false,
        why: part('link.movesCut', { count: moves.length }),
      };
    }
    if (!isLone(move)) gesture = move.gesture ?? gesture;
    moves.push(move);
  }
  return moves.length === 0 ? { kind: 'refused' } : { kind: 'value', value: moves, asGiven: true };
}

/** The move that an entry stands for; null for none. */
function moveOf(
  match: RegExpExecArray,
  before: ReplayedMove | undefined,
  gesture: number,
): ReplayedMove | null {
  const [, name, step, count] = match;
  const player = players.find((one) => one === name.toLowerCase());
  if (player) return loneOf(player, Number(step), Number(count), before);
  return changeOf(match, before, gesture);
}

function loneOf(
  player: Player,
  step: number,
  steps: number,
  before: ReplayedMove | undefined,
): LoneSteps | null {
  const lone = { step, player, steps };
  const from = before && isLone(before) ? lastOf(before) + 1 : (before?.step ?? 1);
  const fits = Number.isInteger(steps) && steps >= 1 && step >= from && lastOf(lone) <= lastStep;
  return fits ? lone : null;
}

function changeOf(
  [, name, steps, value]: RegExpExecArray,
  before: ReplayedMove | undefined,
  gesture: number,
): ReplayedChange | null {
  const key = name !== '' ? liveKeyOf(name) : before && !isLone(before) ? before.key : undefined;
  if (key === undefined) return null;
  const step = Number(steps) + (name === '' ? (before?.step ?? 0) : 0);
  const to = liveSettingsSchema.shape[key].safeParse(Number(value)).data;
  if (to === undefined || step < 1 || step > lastStep || step < (before?.step ?? 0)) return null;
  return { step, key, to, gesture: name === '' ? gesture : gesture + 1 };
}

function liveKeyOf(name: string): LiveKey | undefined {
  return liveSettingsSchema.keyof().options.find((key) => key.toLowerCase() === name.toLowerCase());
}
