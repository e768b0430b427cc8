import { Button, CopyButton } from '@mantine/core';
import { LinkIcon } from '../icons.tsx';
import { useRun, useSession } from '../session/context.ts';

/** Copies an address that reproduces the run, with its settings as they are now. */
export function ShareButton() {
  const session = useSession();
  const ready = useRun((run) => run.info !== null);
  // Read again whenever a live setting moves.
  useRun((run) => run.live);
  const url = `${location.origin}${location.pathname}${session.query()}`;
  return (
    <CopyButton value={url} timeout={1600}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          leftSection={<LinkIcon />}
          miw={92}
          disabled={!ready}
          title="Copy a link that reproduces this run"
          onClick={copy}
        >
          <span aria-live="polite">{copied ? 'Copied' : 'Share'}</span>
        </Button>
      )}
    </CopyButton>
  );
}
