import type { Traversal } from '../../model/pictures.ts';
import { formatCount, formatQuantity } from '../format.ts';
import { LatentName } from '../LatentName.tsx';
import { latentColour } from '../latentColour.ts';
import { type LatentQuantity, latentText } from '../latentQuantity.ts';
import { useTextScale } from '../room.ts';
import { PictureCanvas } from './PictureCanvas.tsx';
import classes from './Traversal.module.css';
import { layOutGrid, type RowsFit } from './traversalLayout.ts';

const leastLabelPitch = 44;

interface TraversalGridProps {
  readonly traversal: Traversal;
  readonly step: number;
  /** What is measured of each latent, and its values, NaN where they are not known. */
  readonly quantity: LatentQuantity;
  readonly values: readonly number[];
  /** Latents from the first row to the last. */
  readonly order: readonly number[];
  /** What a latent has come to mean, in words; null for one that means nothing yet. */
  readonly nameOf: (latent: number) => string | null;
  /** Side of a picture. */
  readonly tile: number;
  readonly width: number;
  readonly fit?: RowsFit;
  /** The pictures are those of a run that is being replaced. */
  readonly stale: boolean;
}

export function TraversalGrid(props: TraversalGridProps) {
  const { traversal, step, quantity, values: measured, order, nameOf, tile, width, fit, stale } = props;
  const { rows, values } = traversal;
  const text = useTextScale();
  const { columns, gap, scale, narrow, beside, above, gapY } = layOutGrid(
    { tile, width, text, ...(fit ? { fit } : {}) },
    window.devicePixelRatio,
  );
  const layout = { tile, columns: columns.length, rows: order.length, gapX: gap, gapY };
  const pitch = (tile + gapY) * scale;
  const pitchX = (tile + gap) * scale;
  const amounts = measured.map(quantity.amount);
  const most = Math.max(...amounts.filter(Number.isFinite), quantity.mostAmount);
  const isUnused = (latent: number) => quantity.isUnused(measured[latent]);

  return (
    <div className={classes.grid} data-narrow={narrow || undefined} data-stale={stale || undefined}>
      <div className={classes.values} aria-hidden="true" style={{ left: beside }}>
        {columns.map((column, i) => (
          // Where tiles are small every second value is enough.
          <span
            hidden={pitchX < leastLabelPitch * text && i % 2 === 1}
            key={column}
            style={{ left: (i * (tile + gap) + tile / 2) * scale }}
          >
            {formatQuantity(
              values[column],
              Number.isInteger(values[column]) ? 0 : values[column] % 0.5 === 0 ? 1 : 2,
            )}
          </span>
        ))}
      </div>
      <ul className={classes.labels} style={{ paddingTop: above }}>
        {order.map((latent, row) => (
          <LatentLabel
            key={latent}
            latent={latent}
            name={isUnused(latent) ? null : nameOf(latent)}
            text={latentText(quantity, measured[latent])}
            share={amounts[latent] / most}
            unused={isUnused(latent)}
            top={row * pitch}
            height={narrow ? above : tile * scale}
          />
        ))}
      </ul>
      <PictureCanvas
        rows={order.map((latent) => columns.map((column) => rows[latent][column]))}
        layout={layout}
        scale={scale}
        label={`Traversals at step ${formatCount(step)}: ${order
          .map(
            (latent) => `z${latent} ${isUnused(latent) ? 'is not used' : (nameOf(latent) ?? 'has no name')}`,
          )
          .join(', ')}`}
        style={narrow ? { marginTop: above } : { marginLeft: beside }}
      />
      {order.map(
        (latent, row) =>
          isUnused(latent) && (
            <div
              key={latent}
              className={classes.veil}
              style={{
                top: row * pitch,
                left: beside,
                width: (columns.length * (tile + gap) - gap) * scale,
                height: tile * scale,
              }}
            />
          ),
      )}
    </div>
  );
}

interface LatentLabelProps {
  readonly latent: number;
  readonly name: string | null;
  /** What is measured of it. */
  readonly text: string;
  /** Of the most that any latent carries, from 0 to 1. */
  readonly share: number;
  readonly unused: boolean;
  readonly top: number;
  readonly height: number;
}

function LatentLabel({ latent, name, text, share, unused, top, height }: LatentLabelProps) {
  return (
    <li
      className={classes.label}
      style={{ top, height }}
      data-testid={`traversal-z${latent}`}
      data-unused={unused || undefined}
      data-tight={height < 44 || undefined}
    >
      <span className={classes.labelHead}>
        <LatentName latent={latent} />
        <span className={classes.kl}>{text}</span>
      </span>
      <span className={classes.bar} aria-hidden="true">
        <span
          style={{
            width: `${Number.isFinite(share) ? 100 * share : 0}%`,
            background: latentColour(latent),
          }}
        />
      </span>
      <span className={classes.meaning}>{name}</span>
    </li>
  );
}
