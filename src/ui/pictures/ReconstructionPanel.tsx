import { useElementSize } from '@mantine/hooks';
import { memo } from 'react';
import type { Picture } from '../../model/pictures.ts';
import { Term } from '../help/Term.tsx';
import { Panel, PanelHead } from '../Panel.tsx';
import { usePictures } from '../session/context.ts';
import { PictureCanvas } from './PictureCanvas.tsx';
import { wholeScale } from './scale.ts';
import classes from './Traversal.module.css';

/** Where all pairs would be smaller than so many CSS pixels, fewer are shown. */
const leastTile = 56;

export const ReconstructionPanel = memo(function ReconstructionPanel() {
  const pictures = usePictures((set) => set);
  const { ref, width } = useElementSize<HTMLDivElement>();
  return (
    <Panel label="Reconstructions">
      <PanelHead title={<Term name="reconstructions">Reconstructions</Term>} />
      {pictures && !pictures.reconstructions ? (
        <p>This model does not reconstruct pictures.</p>
      ) : (
        <div className={classes.pairs} data-empty={pictures === null || undefined}>
          <div className={classes.pairLabels} aria-hidden="true">
            <span>in</span>
            <span>out</span>
          </div>
          <div ref={ref}>
            {pictures?.reconstructions && width > 0 && (
              <Pairs inputs={pictures.inputs} reconstructions={pictures.reconstructions} width={width} />
            )}
          </div>
        </div>
      )}
    </Panel>
  );
});

interface PairsProps {
  readonly inputs: readonly Picture[];
  readonly reconstructions: readonly Picture[];
  readonly width: number;
}

function Pairs({ inputs, reconstructions, width }: PairsProps) {
  const ratio = window.devicePixelRatio;
  const tile = inputs[0].width;
  const gap = Math.ceil(tile / 16);
  const fitting = wholeScale(inputs.length * (tile + gap) - gap, width, ratio);
  const legible = wholeScale(tile, leastTile, ratio);
  const scale = Math.max(fitting, legible);
  const columns = Math.max(1, Math.min(inputs.length, Math.floor((width / scale + gap) / (tile + gap))));
  return (
    <PictureCanvas
      rows={[inputs.slice(0, columns), reconstructions.slice(0, columns)]}
      layout={{ tile, columns, rows: 2, gapX: gap, gapY: gap }}
      scale={scale}
      label={`${columns} pictures of the data set above, their reconstructions below`}
    />
  );
}
