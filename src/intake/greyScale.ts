/** Which of a file's numbers is black and which is white. */
export interface GreyScale {
  /** 0 for black to 255 for white; null for what lies outside, and for what is no number. */
  greyOf(value: number): number | null;
  /** The same of each byte, -1 for null: most files hold bytes, and billions of them. */
  readonly ofBytes: Int16Array;
}

interface Extremes {
  readonly min: number;
  readonly max: number;
}

/**
 * The scale that numbers between these extremes are most likely on: 0 to 1, 0 to 255, 0 to 65535 (whole numbers only), or -1
 * to 1. Null where it is none of these.
 */
export function greyScale({ min, max }: Extremes, isWhole: boolean): GreyScale | null {
  // Nothing but black, or nothing at all: bytes are most likely.
  if (!(max > 0) && !(min < 0)) return scaleOf(0, isWhole ? 255 : 1);
  if (min < 0) return min >= -1 && max <= 1 ? scaleOf(-1, 1) : null;
  const white = [1, 255, ...(isWhole ? [65_535] : [])].find((most) => max <= most);
  return white === undefined ? null : scaleOf(0, white);
}

function scaleOf(black: number, white: number): GreyScale {
  const range = white - black;
  // Floats may be a rounding beyond.
  const slack = range * 1e-6;
  const greyOf = (value: number) => {
    if (!(value >= black - slack && value <= white + slack)) return null;
    const grey = Math.floor(((value - black) / range) * 255 + 0.5);
    return Math.max(0, Math.min(255, grey));
  };
  return { greyOf, ofBytes: Int16Array.from({ length: 256 }, (_, byte) => greyOf(byte) ?? -1) };
}
