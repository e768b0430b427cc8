import { Button } from '@mantine/core';
import { memo, useState } from 'react';
import { klColumn } from '../charts/curves.ts';
import { Hint } from '../help/Hint.tsx';
import { Term } from '../help/Term.tsx';
import { Panel, PanelHead } from '../Panel.tsx';
import { useTextScale } from '../room.ts';
import { usePictures, useRun, useSession } from '../session/context.ts';
import { useSided } from '../session/side.ts';
import { useWidth } from '../useWidth.ts';
import { BaseChooser } from './BaseChooser.tsx';
import { byKl } from './latentOrder.ts';
import { Preparing } from './Preparing.tsx';
import classes from './Traversal.module.css';
import { TraversalGrid, usualHeight } from './TraversalGrid.tsx';
import { useNaming } from './useNaming.ts';
import { Verdict } from './Verdict.tsx';

/**
 * One row a latent: what changes in the picture as that latent goes from -3 to 3, and what the latent has come to
 * mean.
 */
export const TraversalPanel = memo(function TraversalPanel() {
  const { history } = useSession();
  const pictures = usePictures((set) => set);
  const preparing = useRun((run) => run.phase === 'preparing');
  const made = useRun((run) => run.info !== null);
  const encodes = useRun((run) => run.info?.can.encode ?? true);
  const generation = useRun((run) => run.generation);
  const naming = useNaming();
  const { ref, width } = useWidth<HTMLDivElement>();
  const text = useTextScale();
  // Rows stand still: they are sorted when a person asks, and stay so for as long as the run.
  const [sorted, setSorted] = useState<{ order: readonly number[]; generation: number } | null>(null);
  const traversal = pictures?.traversal ?? null;
  const kl = traversal?.rows.map((_, latent) => history.recentMean(klColumn(latent))) ?? [];
  const isSorted = sorted?.generation === generation && sorted.order.length === kl.length;
  const order = isSorted ? sorted.order : kl.map((_, latent) => latent);
  const sortName = useSided('Sort rows by KL');
  return (
    <Panel label="Latent traversals">
      <PanelHead title={<Term name="traversals">Latent traversals</Term>}>
        {/* With the chooser beside it, which needs the run: neither pushes the other aside. */}
        {traversal && made && (
          <Button
            variant="default"
            size="compact-sm"
            h={32}
            aria-label={sortName}
            aria-pressed={isSorted}
            onClick={() => setSorted(isSorted ? null : { order: byKl(kl), generation })}
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
          style={{ minHeight: usualHeight(width, text) }}
          data-testid="traversals"
          data-step={pictures?.step}
        >
          {pictures && traversal && width > 0 && (
            <TraversalGrid
              traversal={traversal}
              step={pictures.step}
              kl={kl}
              order={order}
              nameOf={naming?.nameOf ?? unnamed}
              tile={pictures.base.picture.width}
              width={width}
              stale={preparing}
            />
          )}
          {pictures && !traversal && <p>This model does not make pictures of codes.</p>}
          {(!pictures || preparing) && <Preparing />}
        </div>
      </Hint>
    </Panel>
  );
});

const unnamed = () => null;
