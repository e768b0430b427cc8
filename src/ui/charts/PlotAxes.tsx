import {
  CartesianGrid,
  XAxis,
  type XAxisTickContentProps,
  YAxis,
  type YAxisTickContentProps,
} from 'recharts';
import { formatTick } from '../format.ts';
import { useTextScale } from '../room.ts';
import type { Axis } from './axes.ts';
import { useValueAxisWidth } from './valueAxisWidth.ts';

/** How the axis at the foot of any plot looks. */
function useFootAxis() {
  return { height: 20 * useTextScale(), tickSize: 4, stroke: 'var(--line-strong)' } as const;
}

/**
 * Room around a plot, in pixels, where text has its usual size: at the right for half of the widest label of a
 * tick at its end.
 */
export function usePlotMargin(top = 6) {
  const text = useTextScale();
  return { top: top * text, right: 18 * text, bottom: 0, left: 0 };
}

/** An axis of numbers along the foot. */
export function FootAxis({ axis, dataKey }: { axis: Axis; dataKey: string }) {
  return <XAxis dataKey={dataKey} {...numbers(axis)} {...useFootAxis()} interval={0} tick={footTick} />;
}

/** An axis of names along the foot, every so many of which are written. */
export function NameAxis({ dataKey, every }: { dataKey: string; every: number }) {
  return <XAxis dataKey={dataKey} {...useFootAxis()} interval={every - 1} tick={nameTick} />;
}

/** Lines across the plot at the ticks of its values. */
export function ValueGrid() {
  return <CartesianGrid vertical={false} verticalCoordinatesGenerator={noLines} stroke="var(--line)" />;
}

/** Recharts would look for them, by measuring labels, though they are not drawn. */
const noLines = () => [];

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
      tick={valueTick}
      width={useValueAxisWidth(axis)}
      axisLine={false}
      tickLine={false}
    />
  );
}

type TickProps = XAxisTickContentProps | YAxisTickContentProps;

/**
 * A tick's label as plain text. Recharts' own measures every label by laying out the page, and once more to leave
 * out labels (unless `interval` is 0): a large part of the time of a chart that is drawn again.
 */
function tickText({ x, y }: TickProps, text: string, textAnchor: 'middle' | 'end', dy: string) {
  return (
    <text x={x} y={y} dy={dy} textAnchor={textAnchor}>
      {text}
    </text>
  );
}

const valueText = ({ payload }: TickProps) => formatTick(Number(payload.value));

/** Below its line. */
const belowLine = '0.71em';
const footTick = (props: XAxisTickContentProps) => tickText(props, valueText(props), 'middle', belowLine);
const nameTick = (props: XAxisTickContentProps) =>
  tickText(props, String(props.payload.value), 'middle', belowLine);
/** Left of the plot, half of a capital's height below its line. */
const valueTick = (props: YAxisTickContentProps) => tickText(props, valueText(props), 'end', '0.355em');

/** Domain and ticks are ours. */
function numbers({ domain, ticks }: Axis) {
  return {
    type: 'number',
    domain: [...domain],
    ticks: [...ticks],
    allowDataOverflow: true,
  } as const;
}
