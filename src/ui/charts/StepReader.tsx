import { useRef } from 'react';
import { useGrip } from '../controls/useGrip.ts';
import { formatCount, formatReading } from '../format.ts';
import classes from './Chart.module.css';
import { Crosshair } from './Crosshair.tsx';
import { readAt, useCrosshair } from './crosshair.ts';
import type { PlottedCurve } from './curves.ts';
import { isOffAxis, offAxisText } from './offAxis.ts';
import { pointAt, type Series } from './series.ts';

interface StepReaderProps {
  readonly curve: PlottedCurve;
  readonly series: readonly Series[];
  /** The steps at the left and right edge of the plot. */
  readonly first: number;
  readonly end: number;
}

/** Of the keys, so many presses lead from end to end, and so many with Page up and Page down. */
const keySteps = 50;
const pageSteps = 5;

/**
 * Reads the curves at a step, by pointer or by the arrow keys: a slider over the plot, with the values as its
 * text.
 */
export function StepReader({ curve, series, first, end }: StepReaderProps) {
  const step = useCrosshair((state) => state.step);
  const area = useRef<HTMLDivElement>(null);
  const clamp = (to: number) => Math.round(Math.min(end, Math.max(first, to)));

  function follow(x: number) {
    const { left, width } = area.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    readAt(clamp(first + ((x - left) / width) * (end - first)));
  }
  const { handlers } = useGrip(() => ({ follow, putBack: () => readAt(step) }));

  function onKeyDown(event: React.KeyboardEvent) {
    handlers.onKeyDown();
    if (event.key === 'Escape' && step !== null) {
      event.preventDefault();
      readAt(null);
    }
    const to = keyTarget(event.key, step, first, end);
    if (to === null) return;
    event.preventDefault();
    readAt(clamp(to));
  }

  return (
    <div
      ref={area}
      className={classes.reader}
      role="slider"
      tabIndex={0}
      aria-label={`${curve.title}: step to read`}
      aria-valuemin={first}
      aria-valuemax={end}
      aria-valuenow={step === null ? first : clamp(step)}
      aria-valuetext={step === null ? 'none' : readingText(curve, series, step)}
      onPointerDown={handlers.onPointerDown}
      // A mouse reads wherever it is; what a finger has read stays to be looked at once it has left.
      onPointerMove={({ pointerType, clientX }) => pointerType !== 'touch' && follow(clientX)}
      onPointerLeave={({ pointerType }) => pointerType !== 'touch' && readAt(null)}
      onBlur={() => {
        handlers.onBlur();
        readAt(null);
      }}
      onKeyDown={onKeyDown}
    >
      <Crosshair first={first} end={end} />
    </div>
  );
}

/**
 * Where a key leads; null for one that reads nothing. The first press begins at the end that it moves away from.
 */
function keyTarget(key: string, step: number | null, first: number, end: number): number | null {
  if (key === 'Home') return first;
  if (key === 'End') return end;
  const parts = {
    ArrowRight: 1 / keySteps,
    ArrowUp: 1 / keySteps,
    ArrowLeft: -1 / keySteps,
    ArrowDown: -1 / keySteps,
    PageUp: 1 / pageSteps,
    PageDown: -1 / pageSteps,
  }[key];
  if (parts === undefined) return null;
  return (step ?? (parts > 0 ? first : end)) + parts * (end - first);
}

/** What stands at a step, in words. */
function readingText({ decimals, scale }: PlottedCurve, series: readonly Series[], step: number): string {
  const values = series.flatMap(({ name, points }) => {
    const point = pointAt(points, step);
    if (!point) return [];
    const { from, to, mean, band } = point;
    const [low, high] = band;
    return [
      name && `${name}: `,
      formatReading(mean, decimals),
      low < high && `, from ${formatReading(low, decimals)} to ${formatReading(high, decimals)}`,
      to > from && ` in steps ${formatCount(from)} to ${formatCount(to)}`,
      isOffAxis(mean, scale) && ` (${offAxisText})`,
    ]
      .filter(Boolean)
      .join('');
  });
  return `step ${formatCount(step)}: ${values.join('; ') || 'no curve'}`;
}
