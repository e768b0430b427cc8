import { grid, whole } from './kinds.ts';

const facts = { datasets: ['shapes3d'], acts: 'newRun', form: 'data' } as const;
const hues = whole({ min: 1, max: 10 }, { default: 10, absent: 10, ...facts });

/**
 * The settings of 3D Shapes (src/data/shapes3d): how many values of each factor there are. A factor of one value
 * does not vary.
 */
export const shapes3d = {
  shapes3d: grid({
    floorHue: hues,
    wallHue: hues,
    objectHue: hues,
    objectScale: whole({ min: 1, max: 8 }, { default: 8, absent: 8, ...facts }),
    objectShape: whole({ min: 1, max: 4 }, { default: 4, absent: 4, ...facts }),
    viewOrientation: whole({ min: 1, max: 15 }, { default: 15, absent: 15, ...facts }),
  }),
} as const;
