import { ActionIcon } from '@mantine/core';
import { useMemo, useState } from 'react';
import { exhibitConfigs } from '../../config/exhibits.ts';
import { factorsOf } from '../../data/datasets.ts';
import type { ExhibitView } from '../../model/exhibit.ts';
import { PauseIcon, PlayIcon } from '../icons.tsx';
import { LatentName } from '../LatentName.tsx';
import { factorLabel } from '../pictures/factorWords.ts';
import { PictureCanvas } from '../pictures/PictureCanvas.tsx';
import { fitRow } from '../pictures/scale.ts';
import { useTextScale } from '../room.ts';
import { useWidth } from '../useWidth.ts';
import { useExhibit } from './context.ts';
import classes from './Exhibition.module.css';
import { MovingPicture } from './MovingPicture.tsx';

/** Of the row's frames: those of a traversal. */
const every = 3;
const columnCount = 9;
const labelWidth = 124;
const narrowBelow = 480;
/** Least side of a picture, in CSS pixels. */
const leastTile = 46;

/** One row a latent: a picture that moves through its values, and still ones beside it. */
export function ExhibitRows() {
  const name = useExhibit((state) => state.name);
  const view = useExhibit((state) => state.view);
  const viewed = useExhibit((state) => state.viewed);
  const [moving, setMoving] = useState(() => !window.matchMedia('(prefers-reduced-motion: reduce)').matches);
  const { ref, width } = useWidth<HTMLDivElement>();
  const { imageSize: tile, latents } = exhibitConfigs[name];

  const text = useTextScale();
  const narrow = width < narrowBelow * text;
  // The moving picture is one more, and stands a little apart.
  const available = width - (narrow ? 0 : labelWidth * text) - 16;
  const { columns, gap, scale } = fitRow(
    { count: columnCount, tile, available, beside: 1, least: leastTile },
    window.devicePixelRatio,
  );
  const layout = { tile, columns: columns.length, rows: 1, gapX: gap, gapY: 0 };

  return (
    <div ref={ref} className={classes.rows} data-testid="exhibit-rows" data-model={viewed}>
      <ul className={classes.list} data-narrow={narrow || undefined}>
        {width > 0 &&
          [...Array(latents).keys()].map((latent) => (
            <li key={latent} className={classes.row} data-testid={`exhibit-z${latent}`}>
              <span className={classes.label} style={narrow ? {} : { width: `${labelWidth / 16}rem` }}>
                <LatentName latent={latent} />
                <Knows view={view} latent={latent} />
              </span>
              <span className={classes.tiles}>
                <MovingPicture frames={view?.rows[latent] ?? []} tile={tile} scale={scale} moving={moving} />
                <PictureCanvas
                  rows={view ? [columns.map((column) => view.rows[latent][column * every])] : []}
                  layout={layout}
                  scale={scale}
                  label={`Traversal of z${latent}, from \u22123 to 3`}
                />
              </span>
            </li>
          ))}
      </ul>
      <ActionIcon
        variant="default"
        size={28}
        className={classes.motion}
        style={narrow ? {} : { marginLeft: `${labelWidth / 16}rem` }}
        aria-label={moving ? 'Hold the moving pictures still' : 'Let the pictures move'}
        title={moving ? 'Hold still' : 'Let them move'}
        onClick={() => setMoving(!moving)}
      >
        {moving ? <PauseIcon /> : <PlayIcon />}
      </ActionIcon>
    </div>
  );
}

/** What the latent knows most of, with the share of that factor's entropy that it knows. */
function Knows({ view, latent }: { view: ExhibitView | null; latent: number }) {
  const factors = useMemo(() => (view ? factorsOf(view.about.config) : null), [view]);
  const knows = view?.about.latents[latent];
  return (
    <span className={classes.knows}>
      {knows && factors && `${factorLabel(factors[knows.factor])} ${Math.round(100 * knows.share)}%`}
    </span>
  );
}
