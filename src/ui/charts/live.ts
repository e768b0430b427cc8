import { createContext } from 'react';
import type { Point } from '../../history/decimate.ts';
import type { Move } from '../../record/moves.ts';
import type { StepRange } from './axes.ts';

/** What moves on a chart with every drawing. */
export interface LiveCurve {
  readonly points: readonly Point[];
  readonly moves: readonly Move[];
  readonly range: StepRange;
  /** Where points are few and far between, each is shown. */
  readonly dots?: boolean;
}

/**
 * Hands the moving parts of a chart past Recharts, which would lay out axes and grid again with every batch of metrics,
 * several charts at a time, many times a second: far more work than the curve itself, and most of the page's garbage.
 */
export const LiveCurveContext = createContext<LiveCurve | null>(null);

/** Of the chart of latents: the KL of each in nats, [latents], NaN where nothing is known; null before the first step. Handed on likewise. */
export const LiveBarsContext = createContext<readonly number[] | null>(null);
