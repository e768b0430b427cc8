import { useNarrow } from '../room.ts';

/** How much taller charts are drawn: on very large screens there is room. */
export function useChartStretch(): number {
  return useNarrow(118.75) ? 1 : 1.5;
}
