import { useEffect } from 'react';
import { ranOn } from '../../config/engines.ts';
import { inOrder } from '../../config/replayedMove.ts';
import { presetOf } from '../../config/url.ts';
import { AppError, reported } from '../../errors.ts';
import { parseRuns } from '../../record/runFile.ts';
import type { RunRecord } from '../../record/runRecord.ts';
import { isRunFile } from '../ownImages/useImagesDrop.ts';
import { useKeptRuns } from '../runs/context.ts';
import type { RunRequest } from '../session/request.ts';
import { useSides } from '../sides/context.ts';
import { discardUnkept } from '../sides/unkept.ts';

/** While `active`, a file of a run that is dropped anywhere on the page is replayed. */
export function useReplayDrop(active: boolean): void {
  const sides = useSides();
  const { shelf } = useKeptRuns();
  useEffect(() => {
    if (!active) return;
    const ends = new AbortController();
    const { signal } = ends;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    window.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault(), { signal });
    window.addEventListener(
      'drop',
      (event) => {
        const file = event.dataTransfer?.files[0];
        if (!file || !isRunFile(file.name)) return;
        event.preventDefault();
        const { A } = sides.state.getState();
        void file
          .text()
          .then((text) => {
            const request = replayRequest(text, file.name);
            discardUnkept([A], shelf, 'Replay the run of this file', () => void A.configure(request));
          })
          .catch((thrown: unknown) => A.showError(thrown));
      },
      { signal },
    );
    return () => ends.abort();
  }, [active, sides, shelf]);
}

/** @throws AppError saying why the file holds no run to replay */
function replayRequest(text: string, name: string): RunRequest {
  const { records, problems } = parseRuns(text, name);
  if (records.length === 0 && problems.length > 0) throw reported(problems[0]);
  if (records.length !== 1) throw new AppError('ReplayError.several', { name });
  const [record] = records;
  if (record.parent) throw new AppError('ReplayError.fork', { name });
  return requestOf(record);
}

function requestOf({ config, preset, changes, loneSteps = [], trainer, name }: RunRecord): RunRequest {
  return {
    config,
    preset: presetOf(config) ?? preset ?? 'tiny',
    engine: 'auto',
    replay: { moves: inOrder([...changes, ...loneSteps]), ran: ranOn(trainer), caption: name },
  };
}
