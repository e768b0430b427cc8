/**
 * The largest whole number of device pixels for a picture's pixel so that `pixels` of them fit `available` CSS pixels,
 * as CSS pixels. At least one device pixel, even where that does not fit.
 */
export function wholeScale(pixels: number, available: number, devicePixelRatio: number): number {
  return Math.max(1, Math.floor((available * devicePixelRatio) / pixels + 1e-6)) / devicePixelRatio;
}

/** Which of `count` columns to show where only `room` fit: evenly spaced, both ends and the middle where possible. */
export function columnsShown(count: number, room: number): number[] {
  let every = 1;
  while (every < count - 1 && (Math.ceil(count / every) > room || (count - 1) % every !== 0)) every++;
  return Array.from({ length: Math.floor((count - 1) / every) + 1 }, (_, i) => i * every);
}
