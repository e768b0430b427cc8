import { useEffect } from 'react';
import { useSession } from '../session/context.ts';
import { useOwnImages } from './context.ts';
import { droppedImages } from './givenFiles.ts';
import { useUsualSize } from './useTrainOn.ts';

/** A single file of a run is for the replay: see run/useReplayDrop.ts. */
export const isRunFile = (name: string) => name.toLowerCase().endsWith('.json');

/** While `active`, files and folders that are dropped anywhere on the page are looked at as images. */
export function useImagesDrop(active: boolean): void {
  const images = useOwnImages();
  const session = useSession();
  const usualSize = useUsualSize();
  useEffect(() => {
    if (!active) return;
    const drop = (event: DragEvent) => {
      const { dataTransfer } = event;
      const [first] = dataTransfer?.files ?? [];
      if (!dataTransfer || !first || isRunFile(first.name)) return;
      event.preventDefault();
      droppedImages(dataTransfer)
        .then((files) => images.give(files, usualSize()))
        .catch((thrown: unknown) => session.showError(thrown));
    };
    window.addEventListener('drop', drop);
    return () => window.removeEventListener('drop', drop);
  }, [active, images, session, usualSize]);
}
