import type { LiveKey } from '../../config/schema.ts';
import type { LiveChange } from '../../protocol/messages.ts';
import { formatSetting } from '../format.ts';

export interface Mark {
  readonly change: LiveChange;
  /** Pixels from the plot's left edge. */
  readonly x: number;
  readonly labelled: boolean;
  /** The label stands left of its line, for want of room on the right. */
  readonly flipped: boolean;
  /** On the way of a drag, not where it ended. */
  readonly faint: boolean;
  /** Row of the label: gamma's labels stand above the others', so that neither hides the other. */
  readonly row: 0 | 1;
}

/** Lines of one setting nearer than this are one line: a dragged slider changes it many times. */
const lineGap = 4;
/** Lines of one setting nearer than this are the way of one drag: all but the last are faint. */
const dragGap = 14;

const symbols: Readonly<Record<LiveKey, string>> = {
  gamma: 'γ',
  beta: 'β',
  learningRate: 'lr',
  discriminatorLearningRate: 'lr D',
};

export const markText = ({ key, to }: LiveChange) => `${symbols[key]} ${formatSetting(to)}`;
/** About as wide as the text is drawn, with a gap. */
const labelWidth = (change: LiveChange) => 10 + 6.2 * markText(change).length;

/**
 * The marks of a plot `width` pixels wide over steps `first` to `last`. Where marks crowd, the later ones win: of
 * lines that coincide the last is drawn, and a label that would touch a later mark is left out: a dragged slider leaves
 * the value it came to.
 */
export function visibleMarks(
  changes: readonly LiveChange[],
  first: number,
  last: number,
  width: number,
): Mark[] {
  const marks: Mark[] = [];
  const span = Math.max(1, last - first);
  const nearest = new Map<string, number>();
  const roomTo = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const latestFirst = [...changes].sort((a, b) => b.step - a.step);
  for (const change of latestFirst) {
    // A change made while paused acts on the step to come: it stands at the right edge until then.
    if (change.step < first || change.step > last + 1) continue;
    const x = Math.min(width, (width * (change.step - first)) / span);
    const later = nearest.get(change.key);
    if (later !== undefined && later - x < lineGap) continue;
    nearest.set(change.key, x);
    const faint = later !== undefined && later - x < dragGap;
    const row = change.key === 'gamma' ? 0 : 1;
    const room = labelWidth(change);
    // Right of the line if it fits there, else left of it.
    const flipped = x + room > Math.min(roomTo[row], width);
    const labelled = !faint && x <= roomTo[row] && (!flipped || x >= room);
    roomTo[row] = labelled && flipped ? x - room : Math.min(roomTo[row], x);
    marks.push({ change, x, labelled, flipped, faint, row });
  }
  return marks.reverse();
}
