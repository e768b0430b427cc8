import { formatCount } from '../format.ts';
import classes from './Chart.module.css';
import { useCrosshair } from './crosshair.ts';

/** Nearer to an edge of the plot than this share of it, the label stands beside the line. */
const edge = 0.08;

/**
 * The line at the step that a person reads, on any chart, with the step on the axis below it; its parent lies over
 * the plot.
 */
export function Crosshair({ first, end }: { first: number; end: number }) {
  const step = useCrosshair((state) => state.step);
  if (step === null || step < first || step > end) return null;
  const share = (step - first) / (end - first);
  return (
    <div
      className={classes.crosshair}
      data-testid="crosshair"
      data-step={step}
      data-edge={share < edge ? 'left' : share > 1 - edge ? 'right' : undefined}
      style={{ left: `${100 * share}%` }}
    >
      <span>{formatCount(step)}</span>
    </div>
  );
}
