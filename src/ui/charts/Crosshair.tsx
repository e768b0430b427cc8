import { usePlotArea, useXAxisScale } from 'recharts';
import { formatCount } from '../format.ts';
import classes from './Chart.module.css';
import { useCrosshair } from './crosshair.ts';

/** Nearer to an edge of the plot than this, in pixels, the label stands beside the line. */
const labelRoom = 24;

/** The line at the step that a person reads, on any chart, with the step on the axis below it. */
export function Crosshair({ first, end }: { first: number; end: number }) {
  const step = useCrosshair((state) => state.step);
  const plot = usePlotArea();
  const x = useXAxisScale();
  if (step === null || !plot || !x || step < first || step > end) return null;
  const left = x(step);
  if (left === undefined) return null;
  const [fromLeft, fromRight] = [left - plot.x, plot.x + plot.width - left];
  const anchor = fromLeft < labelRoom ? 'start' : fromRight < labelRoom ? 'end' : 'middle';
  const foot = plot.y + plot.height;
  return (
    <g data-reading data-testid="crosshair" data-step={step} className={classes.crosshair}>
      <line x1={left} x2={left} y1={plot.y} y2={foot + 4} />
      <text x={left} y={foot + 15} textAnchor={anchor}>
        {formatCount(step)}
      </text>
    </g>
  );
}
