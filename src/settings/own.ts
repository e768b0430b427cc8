import { ownData } from './ownData.ts';

/** The settings of a person's own images (src/data/own). */
export const own = {
  data: ownData({ datasets: ['own'], default: null, absent: null, acts: 'newRun' }),
} as const;
