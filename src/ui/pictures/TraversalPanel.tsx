import { Button } from '@mantine/core';
import { memo } from 'react';
import { presets } from '../../config/presets.ts';
import { Hint } from '../help/Hint.tsx';
import { Term } from '../help/Term.tsx';
import { Panel, PanelHead } from '../Panel.tsx';
import { useTextScale } from '../room.ts';
import { useRun } from '../session/context.ts';
import { useSided } from '../session/side.ts';
import { useWidth } from '../useWidth.ts';
import { BaseChooser } from './BaseChooser.tsx';
import { Preparing } from './Preparing.tsx';
import classes from './Traversal.module.css';
import { TraversalGrid } from './TraversalGrid.tsx';
import { gridHeight, type RowsFit, usualHeight } from './traversalLayout.ts';
import { useTraversalRows } from './useTraversalRows.ts';
import { Verdict } from './Verdict.tsx';

interface TraversalPanelProps {
  /** How large the pictures should be; all of each row, where nothing is said. */
  readonly fit?: RowsFit;
}

/**
 * One row a latent: what changes in the picture as that latent goes from one end to the other, and what the
 * latent has come to mean.
 */
export const TraversalPanel = memo(function TraversalPanel({ fit }: TraversalPanelProps) {
  const { pictures, preparing, naming, rows, sortedBy, isSorted, toggleSorted } = useTraversalRows();
  const made = useRun((run) => run.info !== null);
  const encodes = useRun((run) => run.info?.can.encode ?? true);
  const { imageSize, latents } = useRun((run) => run.info?.config ?? presets.tiny);
  const { ref, width } = useWidth<HTMLDivElement>();
  const text = useTextScale();
  const sortName = useSided(`Sort rows by ${sortedBy}`);
  const minHeight = fit
    ? gridHeight({ tile: imageSize, width, text, fit }, latents)
    : usualHeight(width, text);
  return (
    <Panel label="Latent traversals">
      <PanelHead title={<Term name="traversals">Latent traversals</Term>}>
        {/* With the chooser beside it, which needs the run: neither pushes the other aside. */}
        {rows && made && (
          <Button
            variant="default"
            size="compact-sm"
            h={32}
            aria-label={sortName}
            aria-pressed={isSorted}
            onClick={toggleSorted}
          >
            {isSorted ? 'Unsort' : 'Sort'}
          </Button>
        )}
        {pictures && encodes && <BaseChooser base={pictures.base.picture} chosen={pictures.base.factors} />}
      </PanelHead>
      <Verdict naming={naming} />
      <Hint step={2}>
        <div
          ref={ref}
          className={classes.body}
          style={{ minHeight }}
          data-testid="traversals"
          data-step={pictures?.step}
        >
          {rows && width > 0 && <TraversalGrid {...rows} width={width} {...(fit ? { fit } : {})} />}
          {pictures && !rows && <p>This model does not make pictures of codes.</p>}
          {(!pictures || preparing) && <Preparing />}
        </div>
      </Hint>
    </Panel>
  );
});
