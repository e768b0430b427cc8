import { createContext } from 'react';
import type { StepRange } from './axes.ts';
import type { Series } from './series.ts';

/** What moves on a chart with every drawing. */
export interface LiveSeries {
  readonly series: readonly Series[];
  readonly range: StepRange;
}

/**
 * Hands the moving parts of a chart past Recharts, which would lay out axes and grid again with every batch of
 * metrics, several charts at a time, many times a second: far more work than the curves themselves, and most of
 * the page's garbage.
 */
export const LiveSeriesContext = createContext<LiveSeries | null>(null);

/**
 * Of the chart of latents: the value of each, [latents], NaN where nothing is known; null before the first
 * step. Handed on likewise.
 */
export const LiveBarsContext = createContext<readonly number[] | null>(null);
