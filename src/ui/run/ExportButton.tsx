import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { DownloadIcon } from '../icons.tsx';
import { useRun } from '../session/context.ts';
import { ExportDialog } from './ExportDialog.tsx';

export function ExportButton() {
  const [open, setOpen] = useState(false);
  const ready = useRun((run) => run.info !== null && run.phase !== 'preparing' && run.phase !== 'starting');
  return (
    <>
      <Button
        variant="default"
        leftSection={<DownloadIcon />}
        disabled={!ready}
        onClick={() => setOpen(true)}
      >
        Export
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title="Export weights" size="lg" centered>
        <ExportDialog />
      </Modal>
    </>
  );
}
