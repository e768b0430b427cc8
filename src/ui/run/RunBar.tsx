import { ProjectorButton } from '../projector/ProjectorButton.tsx';
import { usePair } from '../sides/context.ts';
import { ViewLinks } from '../ViewLinks.tsx';
import { useView } from '../view.ts';
import { ExportButton } from './ExportButton.tsx';
import { PresetMenu } from './PresetMenu.tsx';
import classes from './RunBar.module.css';
import { RunControls } from './RunControls.tsx';
import { RunNumbers } from './RunNumbers.tsx';
import { SchemeToggle } from './SchemeToggle.tsx';
import { ShareButton } from './ShareButton.tsx';
import { SpeedSelect } from './SpeedSelect.tsx';

/** The head of the page. On a small screen the run's controls are in the dock at the foot instead. */
export function RunBar({ withControls }: { withControls: boolean }) {
  // Side by side, each side has its own.
  const pair = usePair();
  const exportsHere = useView() !== 'sideBySide' || !pair;
  return (
    <header className={classes.bar}>
      <h1 className={classes.brand}>
        <span className={classes.name}>FactorVAE</span> <span className={classes.kind}>playground</span>
      </h1>
      <ViewLinks />
      {withControls && <RunControls />}
      {withControls && <RunNumbers />}
      <div className={classes.tools}>
        <SpeedSelect />
        <PresetMenu />
        <ShareButton />
        {exportsHere && <ExportButton />}
        {withControls && <ProjectorButton />}
        <SchemeToggle />
      </div>
    </header>
  );
}
