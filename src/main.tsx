import '@mantine/core/styles.css';
import './ui/theme.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { AppError } from './errors.ts';
import { App } from './ui/App.tsx';
import { exhibitClient } from './ui/exhibits/client.ts';
import { ExhibitionContext } from './ui/exhibits/context.ts';
import { Exhibition } from './ui/exhibits/exhibition.ts';
import { OwnImagesContext } from './ui/ownImages/context.ts';
import { OwnImages } from './ui/ownImages/ownImages.ts';
import { KeptRunsContext } from './ui/runs/context.ts';
import { openKeptRuns } from './ui/runs/keepRuns.ts';
import { WorkerPorts } from './ui/session/ports.ts';
import { SidesContext } from './ui/sides/context.ts';
import { Sides } from './ui/sides/sides.ts';
import { theme } from './ui/theme.ts';
import { mendedHash } from './ui/view.ts';

const lookAgainMs = 1500;

function startWorker(): Worker {
  if (typeof Worker === 'undefined') throw new AppError('NoWorkersError');
  return new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' });
}

// A link's damaged #view is mended where it stands, so that it is not passed on.
const hash = mendedHash(location.hash);
if (hash !== location.hash) history.replaceState(null, '', `${location.pathname}${location.search}${hash}`);

const address = {
  search: location.search,
  // What stands behind the # is the view, not the run.
  replace: (search: string) =>
    history.replaceState(null, '', `${location.pathname}${search}${location.hash}`),
};
/** Without it runs are stored by the page itself. */
function startStorageWorker(): Worker | null {
  if (typeof Worker === 'undefined') return null;
  return new Worker(new URL('./ui/runs/storageWorker.ts', import.meta.url), { type: 'module' });
}

function startExhibitWorker(): Worker {
  if (typeof Worker === 'undefined') throw new AppError('NoWorkersError');
  return new Worker(new URL('./worker/exhibitWorker.ts', import.meta.url), { type: 'module' });
}

function startOwnImagesWorker(): Worker {
  if (typeof Worker === 'undefined') throw new AppError('NoWorkersError');
  return new Worker(new URL('./worker/ownImagesWorker.ts', import.meta.url), { type: 'module' });
}

const ownImages = new OwnImages(startOwnImagesWorker);
const exhibition = new Exhibition(() => exhibitClient(startExhibitWorker()));
exhibition.open();
const kept = openKeptRuns(startStorageWorker());
const sides = new Sides(new WorkerPorts(startWorker).open, address, kept);
void sides.start();
void kept.recovery.look();
// A page that was just left, by a reload, may need a moment to let go of its runs.
setTimeout(() => void kept.recovery.look(), lookAgainMs);

const root = document.getElementById('root');
// As a transition it is rendered a few milliseconds at a time, and the page answers in between.
if (root)
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <KeptRunsContext value={kept}>
            <SidesContext value={sides}>
              <ExhibitionContext value={exhibition}>
                <OwnImagesContext value={ownImages}>
                  <App />
                </OwnImagesContext>
              </ExhibitionContext>
            </SidesContext>
          </KeptRunsContext>
        </MantineProvider>
      </StrictMode>,
    ),
  );
