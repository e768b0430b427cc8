import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { LinkIcon } from '../icons.tsx';
import { useRun } from '../session/context.ts';
import classes from './RunBar.module.css';
import { ShareDialog } from './ShareDialog.tsx';

/** Opens what shares the run: a link, or a file. */
export function ShareButton() {
  const [open, setOpen] = useState(false);
  const ready = useRun((run) => run.info !== null);
  return (
    <>
      <Button
        variant="default"
        leftSection={<LinkIcon />}
        className={classes.share}
        disabled={!ready}
        title="A link that replays this run, moves and all"
        onClick={() => setOpen(true)}
      >
        Share
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title="Share this run" centered size="lg">
        <ShareDialog />
      </Modal>
    </>
  );
}
