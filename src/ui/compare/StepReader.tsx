import { useRef } from 'react';
import { isOffAxis, offAxisText } from '../charts/offAxis.ts';
import { valueAxisWidth } from '../charts/PlotAxes.tsx';
import { useGrip } from '../controls/useGrip.ts';
import { formatCount, formatReading } from '../format.ts';
import classes from './Compare.module.css';
import { plotMargin } from './geometry.ts';
import { type OverlaidLine, valueAt } from './overlay.ts';
import { Swatch } from './Swatch.tsx';

interface StepReaderProps {
  readonly lines: readonly OverlaidLine[];
  /** Whether the axis of values is logarithmic. */
  readonly log: boolean;
  readonly decimals: number;
  /** The last step of the axis. */
  readonly end: number;
  readonly cursor: number | null;
  readonly onCursor: (step: number | null) => void;
}

/** Of the keys, so many presses lead from end to end. */
const keySteps = 50;

/** Reads the curves at a step, by pointer or by the arrow keys: a slider over the plot, with the values as its text. */
export function StepReader({ lines, log, decimals, end, cursor, onCursor }: StepReaderProps) {
  const readings = lines.flatMap(({ run }, i) => {
    const point = cursor === null ? null : valueAt(lines[i], cursor);
    if (!point) return [];
    const offAxis = isOffAxis(point.value, log ? 'log' : 'linear');
    return [{ run, value: point.value, note: offAxis ? ` (${offAxisText})` : '' }];
  });
  const text = readings
    .map(({ run, value, note }) => `${run.record.name}: ${formatReading(value, decimals)}${note}`)
    .join('; ');

  const area = useRef<HTMLDivElement>(null);
  function readAt(x: number) {
    const { left, width } = area.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    onCursor(Math.round(Math.min(1, Math.max(0, (x - left) / width)) * end));
  }
  const { handlers } = useGrip(() => ({ follow: readAt, putBack: () => onCursor(cursor) }));

  function onKeyDown(event: React.KeyboardEvent) {
    handlers.onKeyDown();
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (event.key === 'Escape') onCursor(null);
    if (by === undefined) return;
    event.preventDefault();
    const from = cursor ?? (by > 0 ? 0 : end);
    onCursor(Math.min(end, Math.max(0, Math.round(from + (by * end) / keySteps))));
  }

  return (
    <div
      ref={area}
      className={classes.reader}
      style={{ left: valueAxisWidth, right: plotMargin.right }}
      role="slider"
      tabIndex={0}
      aria-label="Step at which the curves are read"
      aria-valuemin={0}
      aria-valuemax={end}
      aria-valuenow={cursor ?? 0}
      aria-valuetext={cursor === null ? 'none' : `step ${cursor}: ${text || 'no curve'}`}
      onPointerDown={handlers.onPointerDown}
      // A mouse reads wherever it is; what a finger has read stays to be looked at once it has left.
      onPointerMove={({ pointerType, clientX }) => pointerType !== 'touch' && readAt(clientX)}
      onPointerLeave={({ pointerType }) => pointerType !== 'touch' && onCursor(null)}
      onBlur={() => {
        handlers.onBlur();
        onCursor(null);
      }}
      onKeyDown={onKeyDown}
    >
      {cursor !== null && readings.length > 0 && (
        <div className={classes.tip} data-side={cursor > end / 2 ? 'left' : 'right'} aria-hidden="true">
          <div>step {formatCount(cursor)}</div>
          {readings
            .sort((a, b) => b.value - a.value)
            .map(({ run, value, note }) => (
              <div key={run.key} className={classes.tipRow}>
                <Swatch style={run.style} />
                <span className={classes.tipName}>{run.record.name}</span>
                <strong>{formatReading(value, decimals)}</strong>
                {note}
              </div>
            ))}
        </div>
      )}
    </div>
  );
}
