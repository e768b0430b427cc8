import { ChooseFiles } from '../controls/ChooseFiles.tsx';
import { chosenFiles, type RunFiles } from './runFiles.ts';

/** Chooses files of runs, or a folder of the command line. */
export function ImportButtons({ onFiles }: { onFiles: (files: RunFiles) => void }) {
  const read = (files: readonly File[]) => void chosenFiles(files).then(onFiles);
  return (
    <>
      <ChooseFiles
        label="Import"
        title="Files of runs: exported here, or run.json"
        accept=".json,application/json"
        testId="import-files"
        onFiles={read}
      />
      <ChooseFiles
        label="Import folder"
        title="A folder of npm run train, with any number of runs"
        folder
        testId="import-folder"
        onFiles={read}
      />
    </>
  );
}
