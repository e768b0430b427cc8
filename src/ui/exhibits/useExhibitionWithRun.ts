import { useEffect } from 'react';
import { useRun } from '../session/context.ts';
import { useExhibit, useExhibition } from './context.ts';

/**
 * Whether the trained models are on the page. They are put away as soon as this page trains; until then the
 * headline of index.html stands above them.
 */
export function useExhibitionWithRun(inView: boolean): boolean {
  const exhibition = useExhibition();
  const open = useExhibit((state) => state.open);
  const began = useRun((run) => run.phase === 'running' || run.step > (run.info?.startStep ?? run.step));
  useEffect(() => {
    if (began) exhibition.close();
  }, [began, exhibition]);
  const shown = open && inView;
  useEffect(() => {
    const intro = document.getElementById('intro');
    if (intro) intro.hidden = !shown;
  }, [shown]);
  return open;
}
