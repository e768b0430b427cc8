/**
 * The largest whole number of device pixels for a picture's pixel so that `pixels` of them fit `available` CSS
 * pixels, as CSS pixels. At least one device pixel, even where that does not fit.
 */
export function wholeScale(pixels: number, available: number, devicePixelRatio: number): number {
  return Math.max(1, Math.floor((available * devicePixelRatio) / pixels + 1e-6)) / devicePixelRatio;
}

interface RowToFit {
  /** Pictures of the row, and the side of each in its own pixels. */
  readonly count: number;
  readonly tile: number;
  /** CSS pixels for all of it. */
  readonly available: number;
  /** Pictures of the same size that are shown beside the row in any case. */
  readonly beside?: number;
  /** Where all would be smaller than so many CSS pixels, fewer are shown. */
  readonly least?: number;
}

export interface FittedRow {
  /** The pictures that are shown. */
  readonly columns: readonly number[];
  /** Between two of them, in a picture's pixels. */
  readonly gap: number;
  /** CSS pixels for a picture's pixel. */
  readonly scale: number;
}

/** Between two pictures, in their own pixels. */
const gapOf = (tile: number) => Math.max(1, Math.round(tile / 32));

/** How a row of pictures fits. */
export function fitRow(row: RowToFit, devicePixelRatio: number): FittedRow {
  const { count, tile, available, beside = 0, least = 0 } = row;
  const gap = gapOf(tile);
  const smallest = Math.max(1 / devicePixelRatio, least / tile);
  const room = Math.floor((available / smallest + gap) / (tile + gap)) - beside;
  const columns = columnsShown(count, room);
  const pixels = (columns.length + beside) * (tile + gap) - gap;
  return { columns, gap, scale: wholeScale(pixels, available, devicePixelRatio) };
}

interface RowsToFit extends Omit<RowToFit, 'beside'> {
  /** CSS pixels for the height of a picture. */
  readonly height: number;
  readonly least: number;
}

/** How rows of pictures fit a width and a height: half of the columns, where all would be smaller than `least`. */
export function fitRows(row: RowsToFit, devicePixelRatio: number): FittedRow {
  const { count, tile, available, height, least } = row;
  const gap = gapOf(tile);
  const candidates = [count, Math.ceil(count / 2)].flatMap((room) => {
    const columns = columnsShown(count, room);
    const pixels = columns.length * (tile + gap) - gap;
    const scale = Math.min(
      wholeScale(pixels, available, devicePixelRatio),
      wholeScale(tile, height, devicePixelRatio),
    );
    return pixels * scale <= available + 1e-6 ? [{ columns, gap, scale }] : [];
  });
  const large = candidates.find(({ scale }) => tile * scale >= least);
  const largest = candidates.toSorted((a, b) => b.scale - a.scale).at(0);
  return large ?? largest ?? fitRow({ count, tile, available }, devicePixelRatio);
}

/** Which of `count` columns to show where only `room` fit: evenly spaced, both ends and the middle if possible. */
export function columnsShown(count: number, room: number): number[] {
  let every = 1;
  while (every < count - 1 && (Math.ceil(count / every) > room || (count - 1) % every !== 0)) every++;
  return Array.from({ length: Math.floor((count - 1) / every) + 1 }, (_, i) => i * every);
}
