import { Button } from '@mantine/core';
import { useRef } from 'react';
import { chosenFiles, type RunFiles } from './runFiles.ts';

/** Chooses files of runs, or a folder of the command line. */
export function ImportButtons({ onFiles }: { onFiles: (files: RunFiles) => void }) {
  return (
    <>
      <ChooseButton label="Import" title="Files of runs: exported here, or run.json" onFiles={onFiles} />
      <ChooseButton
        label="Import folder"
        title="A folder of npm run train, with any number of runs"
        folder
        onFiles={onFiles}
      />
    </>
  );
}

interface ChooseButtonProps {
  readonly label: string;
  readonly title: string;
  readonly folder?: boolean;
  readonly onFiles: (files: RunFiles) => void;
}

function ChooseButton({ label, title, folder = false, onFiles }: ChooseButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size="compact-sm" variant="default" title={title} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={(element) => {
          input.current = element;
          if (element) element.webkitdirectory = folder;
        }}
        type="file"
        hidden
        multiple
        accept={folder ? undefined : '.json,application/json'}
        aria-label={`${label}: files`}
        data-testid={folder ? 'import-folder' : 'import-files'}
        onChange={(event) => {
          const { files, value } = event.currentTarget;
          if (value === '' || !files) return;
          void chosenFiles(files).then(onFiles);
          // The same file may be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
