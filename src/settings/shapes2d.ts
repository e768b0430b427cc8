import { grid, whole } from './kinds.ts';

const facts = { datasets: ['shapes2d'], acts: 'newRun', form: 'data' } as const;

/**
 * The settings of 2D Shapes (src/data/shapes2d): how many values of each factor there are. A factor of one value
 * does not vary.
 */
export const shapes2d = {
  factors: grid({
    shape: whole({ min: 1, max: 3 }, { default: 3, ...facts }),
    scale: whole({ min: 1, max: 6 }, { default: 6, ...facts }),
    orientation: whole({ min: 1, max: 40 }, { default: 1, presets: { paper: 40 }, ...facts }),
    posX: whole({ min: 1, max: 32 }, { default: 32, ...facts }),
    posY: whole({ min: 1, max: 32 }, { default: 32, ...facts }),
  }),
} as const;
