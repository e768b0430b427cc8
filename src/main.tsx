import '@mantine/core/styles.css';
import './ui/theme.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AppError } from './errors.ts';
import { App } from './ui/App.tsx';
import { KeptRunsContext } from './ui/runs/context.ts';
import { openKeptRuns } from './ui/runs/keepRuns.ts';
import { WorkerLanes } from './ui/session/lanes.ts';
import { SidesContext } from './ui/sides/context.ts';
import { Sides } from './ui/sides/sides.ts';
import { theme } from './ui/theme.ts';

function startWorker(): Worker {
  if (typeof Worker === 'undefined')
    throw new AppError(
      'NoWorkersError',
      'This browser offers no Workers, which training needs. A current Chrome, Edge, Firefox or Safari does.',
    );
  return new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' });
}

const address = {
  search: location.search,
  // What stands behind the # is the view, not the run.
  replace: (search: string) =>
    history.replaceState(null, '', `${location.pathname}${search}${location.hash}`),
};
const kept = openKeptRuns();
const sides = new Sides(new WorkerLanes(startWorker).open, address, kept);
void sides.start();

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <KeptRunsContext value={kept}>
          <SidesContext value={sides}>
            <App />
          </SidesContext>
        </KeptRunsContext>
      </MantineProvider>
    </StrictMode>,
  );
