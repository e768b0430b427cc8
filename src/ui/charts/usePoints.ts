import { useRef } from 'react';
import type { Point } from '../../history/decimate.ts';
import type { History } from '../../history/history.ts';
import type { StepRange } from './axes.ts';
import type { Curve } from './curves.ts';
import { pointsOf } from './view.ts';

const none: readonly Point[] = [];

/** As `pointsOf`, with what was drawn before taken over: only points that are new, or still grow, are made. */
export function usePoints(history: History, curve: Curve, range: StepRange, width: number): readonly Point[] {
  const drawn = useRef({ history, curve, points: none });
  const earlier = drawn.current.history === history && drawn.current.curve === curve;
  const points = pointsOf(history, curve, range, width, earlier ? drawn.current.points : none);
  drawn.current = { history, curve, points };
  return points;
}
