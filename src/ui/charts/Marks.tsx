import type { PlotArea } from 'recharts';
import type { LiveChange } from '../../protocol/messages.ts';
import type { StepRange } from './axes.ts';
import classes from './Chart.module.css';
import { type Mark, markText, visibleMarks } from './marks.ts';

interface MarksProps {
  readonly changes: readonly LiveChange[];
  readonly range: StepRange;
  readonly plot: PlotArea;
}

/** Every change of a live setting, at the step where it first acts: gamma in the accent colour, others in grey. */
export function Marks({ changes, range, plot }: MarksProps) {
  const marks = visibleMarks(changes, range.first, range.end, plot.width);
  const place = { left: plot.x, top: plot.y, height: plot.height };
  // Labels over all lines: a line must not strike through a value.
  return (
    <g>
      {marks.map((mark) => (
        <MarkLine key={keyOf(mark)} mark={mark} {...place} />
      ))}
      {marks.map((mark) => mark.labelled && <MarkLabel key={keyOf(mark)} mark={mark} {...place} />)}
    </g>
  );
}

const keyOf = ({ change }: Mark) => `${change.key}${change.step}`;

interface MarkProps {
  readonly mark: Mark;
  readonly left: number;
  readonly top: number;
  readonly height: number;
}

function MarkLine({ mark, left, top, height }: MarkProps) {
  const { change, faint } = mark;
  const x = left + mark.x;
  return (
    <g
      className={classes.mark}
      data-testid={`${change.key}-mark`}
      data-key={change.key}
      data-step={change.step}
      data-value={change.to}
      data-faint={faint || undefined}
    >
      <line x1={x} x2={x} y1={top} y2={top + height} />
    </g>
  );
}

function MarkLabel({ mark, left, top }: MarkProps) {
  const { change, flipped, row } = mark;
  const x = left + mark.x + (flipped ? -4 : 4);
  return (
    <g className={classes.mark} data-key={change.key}>
      <text x={x} y={top + 9 + 13 * row} textAnchor={flipped ? 'end' : 'start'}>
        {markText(change)}
      </text>
    </g>
  );
}
