import type { ReactNode } from 'react';
import { AlignmentPanel } from './alignment/AlignmentPanel.tsx';
import { ChartsPanel } from './charts/ChartsPanel.tsx';
import { CodesPanel } from './codes/CodesPanel.tsx';
import { NewRunPanel } from './controls/NewRunPanel.tsx';
import { ObjectivePanel } from './controls/ObjectivePanel.tsx';
import { Guarded } from './Guarded.tsx';
import { MeasuresPanel } from './measures/MeasuresPanel.tsx';
import { ReconstructionPanel } from './pictures/ReconstructionPanel.tsx';
import { TraversalPanel } from './pictures/TraversalPanel.tsx';
import { PlayPanel } from './play/PlayPanel.tsx';
import { smallScreen, useNarrow } from './room.ts';
import { useTurns } from './useTurns.ts';
import classes from './Workbench.module.css';

/**
 * Panels, each of which is a task of its own, so that the page answers in between: those first that are seen
 * first.
 */
const panels = 9;

/** What trains and steers one run: its settings, pictures and curves. */
export function Workbench() {
  const small = useNarrow(smallScreen);
  const turns = useTurns(panels);
  const part = (turn: number, name: string, panel: ReactNode) =>
    turn < turns && <Guarded name={name}>{panel}</Guarded>;
  return (
    <div className={classes.grid} data-testid="workbench" data-whole={turns === panels || undefined}>
      <div className={classes.controls}>
        {part(0, 'Objective', <ObjectivePanel withDial={!small} />)}
        {part(3, 'New run', <NewRunPanel />)}
      </div>
      <div className={classes.pictures}>
        {part(1, 'Latent traversals', <TraversalPanel />)}
        {part(4, 'Reconstructions', <ReconstructionPanel />)}
        {part(5, 'Disentanglement', <MeasuresPanel />)}
        {part(6, 'See total correlation', <CodesPanel />)}
        {part(7, 'Independence is not alignment', <AlignmentPanel />)}
        {part(8, 'Play', <PlayPanel />)}
      </div>
      <div className={classes.charts}>{part(2, 'Charts', <ChartsPanel />)}</div>
    </div>
  );
}
