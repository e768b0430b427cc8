import { rightMargin } from '../charts/PlotAxes.tsx';

/** Room around the plots of this view, in pixels: what lies over a plot is placed by it. */
export const plotMargin = { top: 8, right: rightMargin, bottom: 0, left: 0 };
