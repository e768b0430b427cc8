/**
 * The hues of a factor of 3D Shapes: `count` of them, evenly around the circle from red on, at full saturation and
 * value. So a channel has one of a few levels: fractions of `count`.
 */
export interface Hues {
  /** The levels that channels have, ascending, in [0, 1]. */
  readonly levels: readonly number[];
  /** The place among the levels of each channel of each hue. */
  readonly channels: readonly (readonly [red: number, green: number, blue: number])[];
}

/** The sky above the walls. */
export const sky: Hues = { levels: [153 / 255, 226 / 255, 249 / 255], channels: [[0, 1, 2]] };

export function huesOf(count: number): Hues {
  const colours = Array.from({ length: count }, (_, hue) => channelsOf(hue, count));
  const numerators = [...new Set(colours.flat())].sort((a, b) => a - b);
  return {
    levels: numerators.map((numerator) => numerator / count),
    channels: colours.map(([red, green, blue]) => [
      numerators.indexOf(red),
      numerators.indexOf(green),
      numerators.indexOf(blue),
    ]),
  };
}

/** HSV(hue / count, 1, 1) as red, green and blue in parts of `count`: whole numbers. */
function channelsOf(hue: number, count: number): readonly [number, number, number] {
  const sector = Math.floor((6 * hue) / count);
  const rising = (6 * hue) % count;
  const falling = count - rising;
  switch (sector) {
    case 0:
      return [count, rising, 0];
    case 1:
      return [falling, count, 0];
    case 2:
      return [0, count, rising];
    case 3:
      return [0, falling, count];
    case 4:
      return [rising, 0, count];
    default:
      return [count, 0, falling];
  }
}

/** Each hue as #rrggbb. */
export function coloursOf({ levels, channels }: Hues): string[] {
  const hex = (level: number) =>
    Math.round(255 * levels[level])
      .toString(16)
      .padStart(2, '0');
  return channels.map((of) => `#${of.map(hex).join('')}`);
}
