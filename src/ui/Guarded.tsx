import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { AppError } from '../errors.ts';
import { word } from '../locale/word.ts';
import classes from './Guarded.module.css';
import { Panel, PanelHead } from './Panel.tsx';

interface GuardedProps {
  /** What the part is called, as its panel is. */
  readonly name: string;
  /** Another try is made when any of these changes. */
  readonly resetKeys?: readonly unknown[];
  /** Done before another try that a person asks for. */
  readonly onRetry?: () => void;
  readonly children: ReactNode;
}

/** A part of the page that may fail without taking anything else with it. */
export function Guarded({ name, resetKeys, onRetry, children }: GuardedProps) {
  return (
    <ErrorBoundary
      {...(resetKeys ? { resetKeys: [...resetKeys] } : {})}
      {...(onRetry ? { onReset: onRetry } : {})}
      fallbackRender={({ error, resetErrorBoundary }) => (
        <Panel label={name}>
          <PanelHead title={name} />
          <Failure error={error} onRetry={resetErrorBoundary} />
        </Panel>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}

/** Everything: what fails outside of all its parts. */
export function GuardedPage({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary
      fallbackRender={({ error, resetErrorBoundary }) => (
        <main className={classes.page}>
          <h1>FactorVAE playground</h1>
          <Failure error={error} onRetry={resetErrorBoundary} />
        </main>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}

/** React writes the error itself to the console. */
function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div className={classes.failure} role="alert">
      <p>
        {error instanceof AppError
          ? word(error.report)
          : 'This part of the page could not be shown. Everything else still works, and training continues.'}
      </p>
      <div className={classes.actions}>
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          Retry
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => location.reload()}>
          Reload the page
        </Button>
      </div>
    </div>
  );
}
