import type { AnyMove } from '../../record/moves.ts';
import { movedWhat, moveLabel } from '../moves.ts';

export interface Mark {
  readonly move: AnyMove;
  /** Where the move began, in pixels from the plot's left edge; null where that is out of sight. */
  readonly x: number | null;
  /** The stretch during which it went on, in pixels from the plot's left edge. */
  readonly from: number;
  readonly to: number;
  readonly labelled: boolean;
  /** The label stands left of the mark, for want of room on the right. */
  readonly flipped: boolean;
  /** Row of the label: gamma's labels stand above the others', so that neither hides the other. */
  readonly row: 0 | 1;
}

/** Marks of one setting nearer than this are one mark, in pixels. */
const leastGap = 4;

/** About as wide as text of the usual size is drawn, with a gap. */
const labelWidth = (move: AnyMove) => 10 + 6.2 * moveLabel(move).length;

/**
 * The marks of a plot `width` pixels wide over steps `first` to `last`, one a move. Where marks crowd, the later
 * ones win: of marks that coincide the last is drawn, and a label that would touch a later mark is left out. Text
 * is `text` times as large as usual.
 */
export function visibleMarks(
  moves: readonly AnyMove[],
  first: number,
  last: number,
  width: number,
  text = 1,
): Mark[] {
  const marks: Mark[] = [];
  const span = Math.max(1, last - first);
  const place = (step: number) => Math.min(width, Math.max(0, (width * (step - first)) / span));
  const nearest = new Map<string, number>();
  const roomTo = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const latestFirst = [...moves].sort((a, b) => b.lastStep - a.lastStep);
  for (const move of latestFirst) {
    // A change made while paused acts on the step to come: it stands at the right edge until then.
    if (move.lastStep < first || move.firstStep > last + 1) continue;
    const [from, to] = [place(move.firstStep), place(move.lastStep)];
    const later = nearest.get(movedWhat(move));
    if (later !== undefined && later - to < leastGap) continue;
    nearest.set(movedWhat(move), from);
    const row = movedWhat(move) === 'gamma' ? 0 : 1;
    const room = text * labelWidth(move);
    // Right of the mark if it fits there, else left of it.
    const flipped = to + room > Math.min(roomTo[row], width);
    const labelled = to <= roomTo[row] && (!flipped || from >= room);
    roomTo[row] = labelled && flipped ? from - room : Math.min(roomTo[row], from);
    marks.push({ move, x: move.firstStep < first ? null : from, from, to, labelled, flipped, row });
  }
  return marks.reverse();
}
