import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { valueLabel } from '../../locale/settingWords.ts';
import { formatQuantity } from '../format.ts';
import classes from './Compare.module.css';
import { ObjectiveMark } from './ObjectiveMark.tsx';
import { placeLabels, type ScatterPoint } from './scatter.ts';

interface ScatterLayerProps {
  readonly points: readonly ScatterPoint[];
  readonly onRead: (
    reading: { readonly point: ScatterPoint; readonly x: number; readonly y: number } | null,
  ) => void;
  /** The run whose traversals are shown, by its key. */
  readonly picked: string | null;
  readonly onPick: (key: string) => void;
}

/**
 * A mark a run with its gamma or beta beside it; each is read by pointer or focus, and picked by a click or a key.
 */
export function ScatterLayer({ points, onRead, picked, onPick }: ScatterLayerProps) {
  const plot = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!plot || !x || !y) return null;
  const placed = points.map((point) => ({
    point,
    label: point.label,
    x: x(point.reconstruction) ?? 0,
    y: y(point.metric) ?? 0,
  }));
  const labels = placeLabels(placed, plot.x + plot.width);
  return placed.map(({ point, x: left, y: top }, i) => {
    const { run, objective, label, reconstruction, metric } = point;
    const place = labels[i];
    const read = () => onRead({ point, x: left, y: top });
    const forget = () => onRead(null);
    return (
      // biome-ignore lint/a11y/useSemanticElements: SVG has no buttons
      <g
        key={run.key}
        tabIndex={0}
        role="button"
        aria-pressed={run.key === picked}
        data-picked={run.key === picked || undefined}
        className={classes.point}
        aria-label={`${run.record.name}, ${valueLabel('objective', objective)} ${label}: reconstruction ${formatQuantity(reconstruction)} nats, FactorVAE metric ${formatQuantity(metric)}; shows its traversals`}
        data-testid="scatter-point"
        data-key={run.key}
        data-objective={objective}
        onPointerEnter={read}
        onPointerLeave={forget}
        onFocus={read}
        onBlur={forget}
        onClick={() => onPick(run.key)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          event.stopPropagation();
          onPick(run.key);
        }}
      >
        <circle cx={left} cy={top} r={12} fill="transparent" />
        <ObjectiveMark objective={objective} x={left} y={top} />
        {place && (
          <text x={place.x} y={place.y} className={classes.pointLabel}>
            {label}
          </text>
        )}
      </g>
    );
  });
}
