import type { Traversal } from '../../model/pictures.ts';
import { absent, formatCount, formatQuantity, formatTick } from '../format.ts';
import { LatentName } from '../LatentName.tsx';
import { latentColour } from '../latentColour.ts';
import { useTextScale } from '../room.ts';
import { unusedBelow } from './latentOrder.ts';
import { PictureCanvas } from './PictureCanvas.tsx';
import classes from './Traversal.module.css';
import { layOutGrid, type RowsFit } from './traversalLayout.ts';

const leastLabelPitch = 44;

interface TraversalGridProps {
  readonly traversal: Traversal;
  readonly step: number;
  /** KL of each latent in nats, NaN where it is not known. */
  readonly kl: readonly number[];
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
  const { traversal, step, kl, order, nameOf, tile, width, fit, stale } = props;
  const { rows, values } = traversal;
  const text = useTextScale();
  const { columns, gap, scale, narrow, beside, above, gapY } = layOutGrid(
    { tile, width, text, ...(fit ? { fit } : {}) },
    window.devicePixelRatio,
  );
  const layout = { tile, columns: columns.length, rows: order.length, gapX: gap, gapY };
  const pitch = (tile + gapY) * scale;
  const pitchX = (tile + gap) * scale;
  const highest = Math.max(...kl.filter(Number.isFinite), 1);
  const isUnused = (latent: number) => kl[latent] < unusedBelow;

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
            kl={kl[latent]}
            highest={highest}
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

function klText(kl: number): string {
  if (!Number.isFinite(kl)) return absent;
  if (kl < unusedBelow) return 'not used';
  // After a divergence a number leaves no room for its unit.
  return kl < 1000 ? `${formatQuantity(kl, 1)} nats` : formatTick(Number(kl.toPrecision(2)));
}

interface LatentLabelProps {
  readonly latent: number;
  readonly name: string | null;
  readonly kl: number;
  readonly highest: number;
  readonly top: number;
  readonly height: number;
}

function LatentLabel({ latent, name, kl, highest, top, height }: LatentLabelProps) {
  const unused = kl < unusedBelow;
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
        <span className={classes.kl}>{klText(kl)}</span>
      </span>
      <span className={classes.bar} aria-hidden="true">
        <span
          style={{
            width: `${Number.isFinite(kl) ? (100 * kl) / highest : 0}%`,
            background: latentColour(latent),
          }}
        />
      </span>
      <span className={classes.meaning}>{name}</span>
    </li>
  );
}
