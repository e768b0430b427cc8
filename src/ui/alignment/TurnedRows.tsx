import type { Picture } from '../../model/pictures.ts';
import { PictureCanvas } from '../pictures/PictureCanvas.tsx';
import { fitRow } from '../pictures/scale.ts';
import { useTextScale } from '../room.ts';
import classes from './Alignment.module.css';

const nameWidth = 40;
/** Least side of a picture, in CSS pixels. */
const leastTile = 44;

interface TurnedRowsProps {
  readonly rows: readonly (readonly Picture[])[];
  /** Of the latents, without their turn. */
  readonly names: readonly string[];
  readonly degrees: number;
  readonly width: number;
}

/** The rows of the two latents that are turned. */
export function TurnedRows({ rows, names, degrees, width }: TurnedRowsProps) {
  const tile = rows[0][0].width;
  const beside = nameWidth * useTextScale();
  const { columns, gap, scale } = fitRow(
    { count: rows[0].length, tile, available: width - beside, least: leastTile },
    window.devicePixelRatio,
  );
  const prime = degrees === 0 ? '' : '\u2032';
  return (
    <>
      <div className={classes.names} style={{ width: beside }} aria-hidden="true">
        {names.map((name) => (
          <span key={name} style={{ height: (tile + gap) * scale }}>
            {name}
            {prime}
          </span>
        ))}
      </div>
      <PictureCanvas
        rows={rows.map((row) => columns.map((column) => row[column]))}
        layout={{ tile, columns: columns.length, rows: rows.length, gapX: gap, gapY: gap }}
        scale={scale}
        label={`Rows of ${names.join(' and ')}, turned by ${degrees} degrees`}
      />
    </>
  );
}
