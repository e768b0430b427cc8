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
}

/** A mark a run with its gamma or beta beside it; each is read by pointer or focus. */
export function ScatterLayer({ points, onRead }: ScatterLayerProps) {
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
      // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: what a pointer reads on hover, the keyboard reads on focus
      <g
        key={run.key}
        tabIndex={0}
        role="img"
        className={classes.point}
        aria-label={`${run.record.name}, ${valueLabel('objective', objective)} ${label}: reconstruction ${formatQuantity(reconstruction)} nats, FactorVAE metric ${formatQuantity(metric)}`}
        data-testid="scatter-point"
        data-key={run.key}
        data-objective={objective}
        onPointerEnter={read}
        onPointerLeave={forget}
        onFocus={read}
        onBlur={forget}
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
