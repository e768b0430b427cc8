import { useNarrow, useTextScale } from '../room.ts';

/** How much taller charts are drawn: with larger text, and on very large screens, where there is room. */
export function useChartStretch(): number {
  const text = useTextScale();
  return useNarrow(118.75) ? text : 1.5 * text;
}
