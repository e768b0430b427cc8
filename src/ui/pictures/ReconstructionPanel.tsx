import { useElementSize } from '@mantine/hooks';
import { memo } from 'react';
import type { Picture, PictureSet } from '../../model/pictures.ts';
import { Term } from '../help/Term.tsx';
import { Panel, PanelHead } from '../Panel.tsx';
import { usePictures, useRun } from '../session/context.ts';
import { PictureCanvas } from './PictureCanvas.tsx';
import { wholeScale } from './scale.ts';
import classes from './Traversal.module.css';

/** Where all columns would be smaller than so many CSS pixels, fewer are shown. */
const leastTile = 56;

/** What stands above and below: a picture of the data set, and what the model makes. */
const kinds = {
  reconstructed: { title: 'Reconstructions', names: ['in', 'out'], below: 'their reconstructions' },
  generated: { title: 'Generated pictures', names: ['real', 'made'], below: 'generated ones' },
} as const;

/** Pictures of the data set above what the model makes of them, or of random codes where it reconstructs none. */
export const ReconstructionPanel = memo(function ReconstructionPanel() {
  const pictures = usePictures((set) => set);
  const generates = useRun(({ info }) => (info?.can.generate ?? null) !== null);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const { title, names, below } = generates ? kinds.generated : kinds.reconstructed;
  const made = pictures && madeOf(pictures);
  return (
    <Panel label={title}>
      <PanelHead title={<Term name={generates ? 'generated' : 'reconstructions'}>{title}</Term>} />
      {pictures && !made ? (
        <p>This model does not reconstruct pictures.</p>
      ) : (
        <div className={classes.pairs} data-empty={pictures === null || undefined}>
          <div className={classes.pairLabels} aria-hidden="true">
            {names.map((name) => (
              <span key={name}>{name}</span>
            ))}
          </div>
          <div ref={ref}>
            {made && width > 0 && (
              <TwoRows above={pictures.inputs} below={made} belowName={below} width={width} />
            )}
          </div>
        </div>
      )}
    </Panel>
  );
});

function madeOf({ reconstructions, generated }: PictureSet): readonly Picture[] | null {
  return reconstructions ?? generated;
}

interface TwoRowsProps {
  readonly above: readonly Picture[];
  readonly below: readonly Picture[];
  readonly belowName: string;
  readonly width: number;
}

function TwoRows({ above, below, belowName, width }: TwoRowsProps) {
  const ratio = window.devicePixelRatio;
  const tile = above[0].width;
  const gap = Math.ceil(tile / 16);
  const fitting = wholeScale(above.length * (tile + gap) - gap, width, ratio);
  const legible = wholeScale(tile, leastTile, ratio);
  const scale = Math.max(fitting, legible);
  const columns = Math.max(1, Math.min(above.length, Math.floor((width / scale + gap) / (tile + gap))));
  return (
    <PictureCanvas
      rows={[above.slice(0, columns), below.slice(0, columns)]}
      layout={{ tile, columns, rows: 2, gapX: gap, gapY: gap }}
      scale={scale}
      label={`${columns} pictures of the data set above, ${belowName} below`}
    />
  );
}
