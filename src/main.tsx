import '@mantine/core/styles.css';
import './ui/theme.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AppError } from './errors.ts';
import { WorkerClient } from './protocol/client.ts';
import { App } from './ui/App.tsx';
import { KeptRunsContext } from './ui/runs/context.ts';
import { keepRuns } from './ui/runs/keepRuns.ts';
import { SessionContext } from './ui/session/context.ts';
import { Session } from './ui/session/session.ts';
import { theme } from './ui/theme.ts';

function makeClient(): WorkerClient {
  if (typeof Worker === 'undefined')
    throw new AppError(
      'NoWorkersError',
      'This browser offers no Workers, which training needs. A current Chrome, Edge, Firefox or Safari does.',
    );
  return new WorkerClient(new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' }));
}

const session = new Session(makeClient, {
  search: location.search,
  // What stands behind the # is the view, not the run.
  replace: (search) => history.replaceState(null, '', `${location.pathname}${search}${location.hash}`),
});
const kept = keepRuns(session);
void session.start();

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <SessionContext value={session}>
          <KeptRunsContext value={kept}>
            <App />
          </KeptRunsContext>
        </SessionContext>
      </MantineProvider>
    </StrictMode>,
  );
