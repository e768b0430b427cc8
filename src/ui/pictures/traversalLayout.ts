import { type FittedRow, fitRow, fitRows } from './scale.ts';

/** Values of a latent in a traversal. */
const valueCount = 9;
const labelWidth = 98;
const narrowBelow = 400;
/** Room for a row's label, where it stands above its row, and of that the gap below it. */
const labelAbove = 26;
const labelGap = 4;
/** Room for the values over the rows. */
export const valuesHeight = 20;
/** Between rows. */
const rowGap = 6;

/** How large a traversal's pictures should be, in CSS pixels. */
export interface RowsFit {
  /** Where pictures would be smaller, every second one is shown. Infinity: as large as they can be. */
  readonly least: number;
  /** What a row may take of the height, its label and gap included. */
  readonly rowHeight: number;
}

interface GridToLayOut {
  /** Side of a picture. */
  readonly tile: number;
  readonly width: number;
  /** How much larger than usual text is. */
  readonly text: number;
  readonly fit?: RowsFit;
}

interface GridLayout extends FittedRow {
  /** Labels stand above their rows, for want of width. */
  readonly narrow: boolean;
  /** CSS pixels left of the pictures, and over each row, for labels. */
  readonly beside: number;
  readonly above: number;
  /** Between two rows, in a picture's pixels. */
  readonly gapY: number;
}

type Labels = Pick<GridLayout, 'narrow' | 'beside' | 'above'> & {
  /** CSS pixels between the pictures of two rows. */
  readonly between: number;
};

/** The room that labels take of a grid. */
function layOutLabels(width: number, text: number): Labels {
  if (width >= narrowBelow * text)
    return { narrow: false, beside: labelWidth * text, above: 0, between: rowGap };
  const above = (labelAbove - labelGap) * text;
  return { narrow: true, beside: 0, above, between: above + labelGap };
}

export function layOutGrid({ tile, width, text, fit }: GridToLayOut, devicePixelRatio: number): GridLayout {
  const { between, ...labels } = layOutLabels(width, text);
  const row = { count: valueCount, tile, available: width - labels.beside };
  const fitted = fit
    ? fitRows({ ...row, height: fit.rowHeight - between, least: fit.least }, devicePixelRatio)
    : fitRow(row, devicePixelRatio);
  return { ...fitted, ...labels, gapY: Math.ceil(between / fitted.scale) };
}

/** What so many rows take. */
export function gridHeight(grid: GridToLayOut, rows: number): number {
  const { scale, gapY } = layOutGrid(grid, window.devicePixelRatio);
  return Math.ceil(rows * (grid.tile + gapY) * scale + valuesHeight * grid.text);
}

/** What four rows of whole traversals take at most, so that they push nothing aside when they come. */
export function usualHeight(width: number, text: number): number {
  const { narrow, beside } = layOutLabels(width, text);
  // Nine tiles with a 32nd of one between them.
  const row = (32 * (width - beside)) / (valueCount * 33 - 1) + (narrow ? labelAbove * text : rowGap);
  return Math.ceil(4 * row + valuesHeight * text);
}
