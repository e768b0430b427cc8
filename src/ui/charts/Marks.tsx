import type { PlotArea } from 'recharts';
import type { AnyMove } from '../../record/moves.ts';
import { movedWhat, moveLabel, moveSentence } from '../moves.ts';
import { useTextScale } from '../room.ts';
import type { StepRange } from './axes.ts';
import classes from './Chart.module.css';
import { type Mark, visibleMarks } from './marks.ts';

interface MarksProps {
  readonly moves: readonly AnyMove[];
  readonly range: StepRange;
  readonly plot: PlotArea;
  /** How many other curves have their labels above those of this one. */
  readonly below: number;
}

/** Height of a row of labels, in pixels where text has its usual size. */
const labelRow = 13;

/**
 * Every move: a line at the step where it first acts, and for a drag the stretch until its last value
 * acts. Gamma in the colour around (`color`), others in grey.
 */
export function Marks({ moves, range, plot, below }: MarksProps) {
  const text = useTextScale();
  const marks = visibleMarks(moves, range.first, range.end, plot.width, text);
  const place = { left: plot.x, top: plot.y, height: plot.height };
  // Labels over all lines: a line must not strike through a value.
  return (
    <g>
      {marks.map((mark) => (
        <MarkLine key={keyOf(mark)} mark={mark} {...place} />
      ))}
      {marks.map(
        (mark) =>
          mark.labelled && (
            <MarkLabel key={keyOf(mark)} mark={mark} {...place} top={plot.y + labelRow * text * below} />
          ),
      )}
    </g>
  );
}

const keyOf = ({ move }: Mark) => `${movedWhat(move)}${move.firstStep}`;

interface MarkProps {
  readonly mark: Mark;
  readonly left: number;
  readonly top: number;
  readonly height: number;
}

function MarkLine({ mark, left, top, height }: MarkProps) {
  const { move, x, from, to } = mark;
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a group of lines is no control
    <g
      className={classes.mark}
      role="img"
      aria-label={moveSentence(move)}
      data-testid={`${movedWhat(move)}-mark`}
      data-key={movedWhat(move)}
      data-step={move.firstStep}
      data-last-step={move.lastStep}
      {...('key' in move && { 'data-from': move.from, 'data-value': move.to })}
    >
      {to > from && <rect x={left + from} width={to - from} y={top} height={height} />}
      {x !== null && <line x1={left + x} x2={left + x} y1={top} y2={top + height} />}
    </g>
  );
}

function MarkLabel({ mark, left, top }: MarkProps) {
  const text = useTextScale();
  const { move, from, to, flipped, row } = mark;
  return (
    <g className={classes.mark} data-key={movedWhat(move)}>
      <text
        x={left + (flipped ? from - 4 : to + 4)}
        y={top + (9 + labelRow * row) * text}
        textAnchor={flipped ? 'end' : 'start'}
      >
        <title>{moveSentence(move)}</title>
        {moveLabel(move)}
      </text>
    </g>
  );
}
