import { type CSSProperties, useMemo } from 'react';
import { formatTick } from '../format.ts';
import { useTextScale } from '../room.ts';
import type { Axis } from './axes.ts';

/** Size of the labels of axes, in pixels where text has its usual size; the style sheet has it in rem. */
const fontSize = 11;
/** The axis of values has at least this width, so that charts below one another begin at the same place. */
const leastWidth = 46;
/** Between a label and the plot, and left of the label. */
const besideLabel = 10;

/** What measures labels, and the page's font. */
let pen: { readonly context: CanvasRenderingContext2D | null; readonly family: string } | null = null;

function newPen() {
  const { fontFamily } = getComputedStyle(document.body);
  return { context: document.createElement('canvas').getContext('2d'), family: fontFamily };
}

/** Width of a label in pixels, without a layout of the page; digits count as the widest of them. */
function labelWidth(label: string, size: number): number {
  pen ??= newPen();
  const { context, family } = pen;
  if (!context) return label.length * size;
  context.font = `${size}px ${family}`;
  return context.measureText(label.replace(/\d/g, '0')).width;
}

/** Width of the axis of values in pixels: its longest label fits, whatever the values are. */
export function useValueAxisWidth(axis: Axis): number {
  const text = useTextScale();
  return useMemo(() => {
    const longest = Math.max(...axis.ticks.map((tick) => labelWidth(formatTick(tick), fontSize * text)));
    return Math.max(leastWidth * text, Math.ceil(longest) + besideLabel);
  }, [axis, text]);
}

type PlotStyle = CSSProperties & { readonly '--plot-left': string };

/** Of the element around a plot: its height, and where the plot begins for what lies over it. */
export function usePlotStyle(axis: Axis, height: number): PlotStyle {
  const left = useValueAxisWidth(axis);
  return { height, '--plot-left': `${left}px` };
}
