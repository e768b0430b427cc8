import type { Dial } from '../../config/objective.ts';
import type { LiveKey } from '../../config/schema.ts';
import { table } from '../../settings/table.ts';

/**
 * Positions of a slider, 0 to 1, and the values they stand for: logarithmic, yet 0 is reached at the left end.
 * value = knee (ratio^position - 1), which is straight below the knee and a logarithm above it.
 */
export interface SliderScale {
  readonly max: number;
  toPosition(value: number): number;
  toValue(position: number): number;
}

/** No more digits than a hand can aim at. */
const round = (value: number) => (value < 0.01 ? 0 : Number(value.toPrecision(value < 1 ? 2 : 3)));

export function zeroLogScale(max: number, knee: number): SliderScale {
  const ratio = 1 + max / knee;
  return {
    max,
    toPosition: (value) => {
      const inside = Math.min(max, Math.max(0, value));
      return Math.log1p(inside / knee) / Math.log(ratio);
    },
    toValue: (position) => {
      if (position <= 0) return 0;
      if (position >= 1) return max;
      return Math.min(max, round(knee * (ratio ** position - 1)));
    },
  };
}

export const gammaScale = zeroLogScale(table.gamma.max, 0.5);
export const betaScale = zeroLogScale(table.beta.max, 0.5);
/** The scales of the objectives' dials; other settings go by the ladder 1, 2, 5, 10. */
export const scales: Readonly<Record<Dial, SliderScale>> = {
  gamma: gammaScale,
  beta: betaScale,
  informationWeight: zeroLogScale(table.informationWeight.max, 0.1),
};

/** The scale of a setting that is the dial of an objective; null for others. */
export function scaleOf(setting: LiveKey): SliderScale | null {
  return isDial(setting) ? scales[setting] : null;
}

function isDial(setting: LiveKey): setting is Dial {
  return Object.hasOwn(scales, setting);
}

/** Values marked under the sliders: gamma's ladder ends at the paper's range and beyond. */
export const ticks: Readonly<Record<Dial, readonly number[]>> = {
  gamma: [0, 1, 5, 20, 50, 200],
  beta: [0, 1, 4, 16, 100],
  informationWeight: [0, 0.1, 1, 10, 100],
};
