import { XAxis, YAxis } from 'recharts';
import { formatTick } from '../format.ts';
import type { Axis } from './axes.ts';

/** Width of the axis of values, in pixels: charts below one another begin at the same place. */
export const valueAxisWidth = 46;

/** How the axis at the foot of any plot looks. */
export const footAxis = { height: 20, tickSize: 4, stroke: 'var(--line-strong)' } as const;

/** An axis of numbers along the foot. */
export function FootAxis({ axis, dataKey }: { axis: Axis; dataKey: string }) {
  return <XAxis dataKey={dataKey} {...numbers(axis)} {...footAxis} />;
}

interface ValueAxisProps {
  readonly axis: Axis;
  readonly scale?: 'linear' | 'log';
  readonly dataKey?: string;
}

/** The axis of values at the left. */
export function ValueAxis({ axis, scale = 'linear', dataKey }: ValueAxisProps) {
  return (
    <YAxis
      {...numbers(axis)}
      {...(dataKey ? { dataKey } : {})}
      scale={scale}
      interval={0}
      width={valueAxisWidth}
      axisLine={false}
      tickLine={false}
    />
  );
}

/** Domain and ticks are ours. */
function numbers({ domain, ticks }: Axis) {
  return {
    type: 'number',
    domain: [...domain],
    ticks: [...ticks],
    tickFormatter: formatTick,
    allowDataOverflow: true,
  } as const;
}
