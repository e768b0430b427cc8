import { useMediaQuery } from '@mantine/hooks';
import classes from './App.module.css';
import { Banners } from './Banners.tsx';
import { ChartsPanel } from './charts/ChartsPanel.tsx';
import { NewRunPanel } from './controls/NewRunPanel.tsx';
import { ObjectiveDial, ObjectivePanel } from './controls/ObjectivePanel.tsx';
import { MeasuresPanel } from './measures/MeasuresPanel.tsx';
import { ReconstructionPanel } from './pictures/ReconstructionPanel.tsx';
import { TraversalPanel } from './pictures/TraversalPanel.tsx';
import { PlayPanel } from './play/PlayPanel.tsx';
import { DiscardDialog } from './run/DiscardDialog.tsx';
import { RunBar } from './run/RunBar.tsx';
import { RunControls } from './run/RunControls.tsx';
import { RunNumbers } from './run/RunNumbers.tsx';
import { useSpaceBar } from './run/useSpaceBar.ts';
import { StatusBar } from './StatusBar.tsx';
import { useSession } from './session/context.ts';

/** On a small screen the run's controls and gamma stay in reach of the thumb, at the foot. */
const smallScreen = '(max-width: 759px)';

export function App() {
  useSpaceBar(useSession());
  const small = useMediaQuery(smallScreen, false, { getInitialValueInEffect: false });
  return (
    <div className={classes.app}>
      <RunBar withControls={!small} />
      <main className={classes.main}>
        <Banners />
        <div className={classes.grid}>
          <div className={classes.controls}>
            <ObjectivePanel withDial={!small} />
            <NewRunPanel />
          </div>
          <div className={classes.pictures}>
            <TraversalPanel />
            <ReconstructionPanel />
            <MeasuresPanel />
            <PlayPanel />
          </div>
          <div className={classes.charts}>
            <ChartsPanel />
          </div>
        </div>
      </main>
      <StatusBar />
      {small && (
        <section className={classes.dock} aria-label="Run and gamma">
          <ObjectiveDial compact />
          <div className={classes.dockRow}>
            <RunControls compact />
            <RunNumbers />
          </div>
        </section>
      )}
      <DiscardDialog />
    </div>
  );
}
