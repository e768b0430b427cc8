import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { LinkIcon } from '../icons.tsx';
import { useRun, useSession } from '../session/context.ts';
import classes from './RunBar.module.css';

/** Copies an address that starts the same run anew, with its settings as they are now. */
export function ShareButton() {
  const session = useSession();
  const ready = useRun((run) => run.info !== null);
  const clipboard = useClipboard({ timeout: 1600 });
  // Without a clipboard (a page that is not secure) the link is where it always is.
  const failed = clipboard.error ? 'See address' : 'Share';
  return (
    <Button
      variant="default"
      leftSection={<LinkIcon />}
      className={classes.share}
      disabled={!ready}
      title="Copy a link that starts this run anew, with the settings as they are now"
      onClick={() => clipboard.copy(`${location.origin}${location.pathname}${session.query()}`)}
    >
      <span aria-live="polite">{clipboard.copied ? 'Copied' : failed}</span>
    </Button>
  );
}
