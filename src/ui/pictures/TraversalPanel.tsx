import { useElementSize } from '@mantine/hooks';
import { memo, useRef } from 'react';
import type { Traversal } from '../../model/pictures.ts';
import { klColumn } from '../charts/curves.ts';
import { absent, formatQuantity } from '../format.ts';
import { Hint } from '../help/Hint.tsx';
import { Term } from '../help/Term.tsx';
import { LatentName } from '../LatentName.tsx';
import { latentColour } from '../latentColour.ts';
import { Panel, PanelHead } from '../Panel.tsx';
import { useTextScale } from '../room.ts';
import { usePictures, useRun, useSession } from '../session/context.ts';
import { BaseChooser } from './BaseChooser.tsx';
import { latentOrder, unusedBelow } from './latentOrder.ts';
import { PictureCanvas } from './PictureCanvas.tsx';
import { Preparing } from './Preparing.tsx';
import { columnsShown, wholeScale } from './scale.ts';
import classes from './Traversal.module.css';

const labelWidth = 76;
const narrowBelow = 400;
/** Room for a row's label, where it stands above its row. */
const labelAbove = 26;
const leastLabelPitch = 44;

/** One row a latent: what changes in the picture as that latent goes from -3 to 3. */
export const TraversalPanel = memo(function TraversalPanel() {
  const pictures = usePictures((set) => set);
  const preparing = useRun((run) => run.phase === 'preparing');
  const encodes = useRun((run) => run.info?.can.encode ?? true);
  const generation = useRun((run) => run.generation);
  const { ref, width } = useElementSize<HTMLDivElement>();
  return (
    <Panel label="Latent traversals">
      <PanelHead title={<Term name="traversals">Latent traversals</Term>}>
        {pictures && encodes && <BaseChooser base={pictures.base.picture} chosen={pictures.base.factors} />}
      </PanelHead>
      <Hint step={2}>
        <div ref={ref} className={classes.body} data-testid="traversals" data-step={pictures?.step}>
          {pictures?.traversal && width > 0 && (
            <TraversalGrid
              key={generation}
              traversal={pictures.traversal}
              tile={pictures.base.picture.width}
              width={width}
              stale={preparing}
            />
          )}
          {pictures && !pictures.traversal && <p>This model does not make pictures of codes.</p>}
          {(!pictures || preparing) && <Preparing />}
        </div>
      </Hint>
    </Panel>
  );
});

interface TraversalGridProps {
  readonly traversal: Traversal;
  /** Side of a picture. */
  readonly tile: number;
  readonly width: number;
  /** The pictures are those of a run that is being replaced. */
  readonly stale: boolean;
}

function TraversalGrid({ traversal, tile, width, stale }: TraversalGridProps) {
  const { history } = useSession();
  const { rows, values } = traversal;
  const kl = rows.map((_, latent) => history.recentMean(klColumn(latent)));
  const previous = useRef<readonly number[]>([]);
  const order = latentOrder(kl, previous.current);
  previous.current = order;

  const text = useTextScale();
  const narrow = width < narrowBelow * text;
  const beside = labelWidth * text;
  // A label above its row, and the gap below it.
  const above = (labelAbove - 4) * text;
  const available = narrow ? width : width - beside;
  const ratio = window.devicePixelRatio;
  const gap = Math.max(1, Math.round(tile / 32));
  const columns = columnsShown(values.length, Math.floor((available * ratio + gap) / (tile + gap)));
  const scale = wholeScale(columns.length * (tile + gap) - gap, available, ratio);
  const gapY = Math.ceil((narrow ? above + 4 : 6) / scale);
  const layout = { tile, columns: columns.length, rows: order.length, gapX: gap, gapY };
  const pitch = (tile + gapY) * scale;
  const pitchX = (tile + gap) * scale;
  const highest = Math.max(...kl.filter(Number.isFinite), 1);

  return (
    <div className={classes.grid} data-narrow={narrow || undefined} data-stale={stale || undefined}>
      <div className={classes.values} aria-hidden="true" style={{ left: narrow ? 0 : beside }}>
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
      <ul className={classes.labels} style={{ paddingTop: narrow ? above : 0 }}>
        {order.map((latent, row) => (
          <LatentLabel
            key={latent}
            latent={latent}
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
        label={`Traversals, highest KL first: ${order.map((latent) => `z${latent}`).join(', ')}`}
        style={narrow ? { marginTop: above } : { marginLeft: beside }}
      />
      {order.map(
        (latent, row) =>
          kl[latent] < unusedBelow && (
            <div
              key={latent}
              className={classes.veil}
              style={{
                top: row * pitch,
                left: narrow ? 0 : beside,
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
  return kl < unusedBelow ? 'not used' : `${formatQuantity(kl, 1)} nats`;
}

interface LatentLabelProps {
  readonly latent: number;
  readonly kl: number;
  readonly highest: number;
  readonly top: number;
  readonly height: number;
}

function LatentLabel({ latent, kl, highest, top, height }: LatentLabelProps) {
  const unused = kl < unusedBelow;
  return (
    <li
      className={classes.label}
      style={{ top, height }}
      data-testid={`traversal-z${latent}`}
      data-unused={unused || undefined}
      data-tight={height < 44 || undefined}
    >
      <LatentName latent={latent} />
      <span className={classes.bar} aria-hidden="true">
        <span
          style={{
            width: `${Number.isFinite(kl) ? (100 * kl) / highest : 0}%`,
            background: latentColour(latent),
          }}
        />
      </span>
      <span className={classes.kl}>{klText(kl)}</span>
    </li>
  );
}
