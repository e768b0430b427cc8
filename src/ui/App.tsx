import { VisuallyHidden } from '@mantine/core';
import { Activity, useEffect } from 'react';
import classes from './App.module.css';
import { Banners } from './Banners.tsx';
import { ObjectiveDial } from './controls/ObjectivePanel.tsx';
import { ExhibitionPanel } from './exhibits/ExhibitionPanel.tsx';
import { useExhibitionWithRun } from './exhibits/useExhibitionWithRun.ts';
import { Guarded, GuardedPage } from './Guarded.tsx';
import { Hideable, useHiddenPanels } from './Hideable.tsx';
import { LazyView, ViewCode } from './LazyView.tsx';
import { OwnImagesDialog } from './ownImages/OwnImagesDialog.tsx';
import { useImagesDrop } from './ownImages/useImagesDrop.ts';
import { useProjectorKey } from './projector/projector.ts';
import { smallScreen, useNarrow } from './room.ts';
import { DiscardDialog } from './run/DiscardDialog.tsx';
import { RunBar } from './run/RunBar.tsx';
import { RunControls } from './run/RunControls.tsx';
import { RunNumbers } from './run/RunNumbers.tsx';
import { SlowMotion } from './run/SlowMotion.tsx';
import { useReplayDrop } from './run/useReplayDrop.ts';
import { useSpaceBar } from './run/useSpaceBar.ts';
import { StatusBar } from './StatusBar.tsx';
import { SessionContext, useSession } from './session/context.ts';
import { useSidesState } from './sides/context.ts';
import { useTurns } from './useTurns.ts';
import { useView } from './view.ts';

const workbenchCode = new ViewCode(async () => (await import('./Workbench.tsx')).Workbench);
const compareCode = new ViewCode(async () => (await import('./compare/CompareView.tsx')).CompareView);
const sideBySideCode = new ViewCode(async () => (await import('./sides/SideBySideView.tsx')).SideBySideView);
const projectorCode = new ViewCode(async () => (await import('./projector/ProjectorView.tsx')).ProjectorView);

/**
 * The head, the foot, the trained models and what trains: each is laid out in a task of its own, so that the page
 * answers in between.
 */
const parts = 4;

/** After so long the page stands, and fetches the views that nobody has asked for yet. */
const otherViewsMs = 10_000;

/** The page is about one session; where there are two side by side, about the first. */
export function App() {
  return (
    <GuardedPage>
      <SessionContext value={useSidesState(({ A }) => A)}>
        <Page />
      </SessionContext>
    </GuardedPage>
  );
}

/** The first stop of the Tab key: past the head of the page, to what it is about. The address is the view's. */
function SkipButton() {
  return (
    <button type="button" className={classes.skip} onClick={() => document.querySelector('main')?.focus()}>
      Skip to the pictures
    </button>
  );
}

function Page() {
  useSpaceBar(useSession());
  const view = useView();
  useProjectorKey();
  useReplayDrop(view === 'train');
  useImagesDrop(view === 'train');
  const small = useNarrow(smallScreen);
  const turns = useTurns(parts);
  const exhibits = useExhibitionWithRun(view === 'train');
  const hasDial = !useHiddenPanels().includes('objective') && view === 'train';
  useEffect(() => {
    workbenchCode.loadWhenIdle();
    const timer = setTimeout(() => {
      for (const code of [compareCode, sideBySideCode, projectorCode]) code.loadWhenIdle();
    }, otherViewsMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes.app}>
      <SkipButton />
      {view !== 'projector' && <RunBar withControls={!small} />}
      <main className={classes.main} tabIndex={-1}>
        <Guarded name="Notices">
          <Banners />
        </Guarded>
        <Guarded name="Slow motion">
          <SlowMotion />
        </Guarded>
        {/* Kept while it is out of sight: drafts, sliders and open sections are there again on the way back. */}
        <Activity mode={view === 'train' ? 'visible' : 'hidden'}>
          {exhibits && turns > 2 && (
            <div className={classes.exhibits}>
              <Hideable panel="models">
                <ExhibitionPanel />
              </Hideable>
            </div>
          )}
          <div className={classes.workbench}>
            {turns === parts && <LazyView name="Training" code={workbenchCode} />}
          </div>
        </Activity>
        {view === 'sideBySide' && <LazyView name="Side by side" code={sideBySideCode} />}
        {view === 'projector' && <LazyView name="For a projector" code={projectorCode} />}
        {view === 'compare' && <LazyView name="Compare" code={compareCode} />}
      </main>
      {turns > 1 && view !== 'projector' && (
        <Guarded name="Status">
          <StatusBar />
        </Guarded>
      )}
      {/* There from the start: only what changes in it is read out. */}
      <VisuallyHidden role="status" data-testid="announced-view">
        {view === 'projector' &&
          'For a projector: gamma, traversals and total correlation alone. P or Escape leads back.'}
      </VisuallyHidden>
      {turns > 1 && small && (view === 'train' || view === 'sideBySide') && (
        <section className={classes.dock} aria-label={hasDial ? 'Run and gamma' : 'Run'}>
          {hasDial && <ObjectiveDial compact />}
          <div className={classes.dockRow}>
            <RunControls compact />
            <RunNumbers />
          </div>
        </section>
      )}
      <DiscardDialog />
      <OwnImagesDialog />
    </div>
  );
}
