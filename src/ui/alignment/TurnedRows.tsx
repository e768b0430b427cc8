import type { Picture } from '../../model/pictures.ts';
import { PictureCanvas } from '../pictures/PictureCanvas.tsx';
import { columnsShown, wholeScale } from '../pictures/scale.ts';
import { useTextScale } from '../room.ts';
import classes from './Alignment.module.css';

const nameWidth = 40;
/** The least side of a picture, in CSS pixels. */
const legible = 44;

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
  const ratio = window.devicePixelRatio;
  const gap = Math.max(1, Math.round(tile / 32));
  const beside = nameWidth * useTextScale();
  // Rather fewer pictures than such as cannot be seen.
  const room = Math.floor((width - beside + gap) / (Math.max(tile / ratio, legible) + gap));
  const columns = columnsShown(rows[0].length, room);
  const scale = wholeScale(columns.length * (tile + gap) - gap, width - beside, ratio);
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
