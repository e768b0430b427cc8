import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { LinkIcon } from '../icons.tsx';
import { useRun } from '../session/context.ts';
import { usePair, useSides } from '../sides/context.ts';
import { viewAddress } from '../view.ts';
import classes from './RunBar.module.css';

/** Copies an address that starts the same run anew, or both side by side, with the settings as they are now. */
export function ShareButton() {
  const sides = useSides();
  const view = usePair() ? viewAddress.sideBySide : '';
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
      onClick={() => clipboard.copy(`${location.origin}${location.pathname}${sides.query()}${view}`)}
    >
      <span aria-live="polite">{clipboard.copied ? 'Copied' : failed}</span>
    </Button>
  );
}
