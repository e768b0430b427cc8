import { Button } from '@mantine/core';
import { useRef } from 'react';

interface ChooseFilesProps {
  readonly label: string;
  readonly title?: string;
  /** A whole folder, with all below it. */
  readonly folder?: boolean;
  /** Kinds of files that the browser offers first. */
  readonly accept?: string;
  readonly testId: string;
  readonly onFiles: (files: readonly File[]) => void;
}

/** A button by which a person chooses files, or a folder. */
export function ChooseFiles({ label, title, folder = false, accept, testId, onFiles }: ChooseFilesProps) {
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
        accept={accept}
        aria-label={`${label}: files`}
        data-testid={testId}
        onChange={(event) => {
          const { files, value } = event.currentTarget;
          if (value === '' || !files) return;
          onFiles(Array.from(files));
          // The same file may be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
