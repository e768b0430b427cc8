import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { DownloadIcon } from '../icons.tsx';
import { useRun } from '../session/context.ts';
import { useSided } from '../session/side.ts';
import { ExportDialog } from './ExportDialog.tsx';

/** Opens the dialog of a run's files; small, where it is one of two. */
export function ExportButton({ size = 'sm' }: { size?: 'sm' | 'compact-sm' }) {
  const [open, setOpen] = useState(false);
  const ready = useRun((run) => run.info !== null && run.phase !== 'preparing' && run.phase !== 'starting');
  return (
    <>
      <Button
        variant="default"
        size={size}
        aria-label={useSided('Export')}
        leftSection={<DownloadIcon />}
        disabled={!ready}
        onClick={() => setOpen(true)}
      >
        Export
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={useSided('Export weights')}
        size="lg"
        centered
      >
        <ExportDialog />
      </Modal>
    </>
  );
}
