import { useMediaQuery } from '@mantine/hooks';

/** How much taller charts are drawn: on very large screens there is room. */
export function useChartStretch(): number {
  return useMediaQuery('(min-width: 1900px)', false, { getInitialValueInEffect: false }) ? 1.5 : 1;
}
