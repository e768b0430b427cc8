import type { ReactNode } from 'react';
import type { PanelName } from '../config/panels.ts';
import { AlignmentPanel } from './alignment/AlignmentPanel.tsx';
import { ChartsPanel } from './charts/ChartsPanel.tsx';
import { CodesPanel } from './codes/CodesPanel.tsx';
import { NewRunPanel } from './controls/NewRunPanel.tsx';
import { ObjectivePanel } from './controls/ObjectivePanel.tsx';
import { Hideable, useHiddenPanels } from './Hideable.tsx';
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
  const hidden = useHiddenPanels();
  const part = (turn: number, name: PanelName, panel: ReactNode) =>
    turn < turns && <Hideable panel={name}>{panel}</Hideable>;
  return (
    <div className={classes.grid} data-testid="workbench" data-whole={turns === panels || undefined}>
      <div className={classes.controls} hidden={hidden.includes('objective') && hidden.includes('newrun')}>
        {part(0, 'objective', <ObjectivePanel withDial={!small} />)}
        {part(3, 'newrun', <NewRunPanel />)}
      </div>
      <div className={classes.pictures}>
        {part(1, 'traversals', <TraversalPanel />)}
        {part(4, 'reconstructions', <ReconstructionPanel />)}
        {part(5, 'disentanglement', <MeasuresPanel />)}
        {part(6, 'correlation', <CodesPanel />)}
        {part(7, 'alignment', <AlignmentPanel />)}
        {part(8, 'play', <PlayPanel />)}
      </div>
      <div className={classes.charts} hidden={hidden.includes('curves')}>
        {part(2, 'curves', <ChartsPanel />)}
      </div>
    </div>
  );
}
