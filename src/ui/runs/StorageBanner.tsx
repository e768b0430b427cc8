import { Button } from '@mantine/core';
import { word } from '../../locale/word.ts';
import { runsJson } from '../../record/runFile.ts';
import { Banner } from '../Banner.tsx';
import { download } from '../run/download.ts';
import { useKeptRuns, useShelf } from './context.ts';

/** Storage refused something: it stands in every view until all is stored. */
export function StorageBanner() {
  const { shelf } = useKeptRuns();
  const problem = useShelf((state) => state.problem);
  const unsaved = useShelf((state) => state.unsaved);
  if (!problem) return null;

  function save() {
    const records = unsaved.flatMap((key) => shelf.find(key)?.record ?? []);
    download({ name: 'factorvae-runs.json', bytes: new TextEncoder().encode(runsJson(records)) });
  }

  return (
    <Banner
      tone="bad"
      name="storage"
      title="Runs are not being saved."
      actions={
        unsaved.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={save}>
            Export {unsaved.length === 1 ? 'the run' : `${unsaved.length} runs`}
          </Button>
        )
      }
    >
      {word(problem)} Until then they last as long as this page: export runs as JSON in the Compare view, and
      weights with Export, to keep them.
    </Banner>
  );
}
