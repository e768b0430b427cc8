import { useEffect } from 'react';
import { useHints } from '../help/hintStore.ts';
import type { Session } from '../session/session.ts';

/** Elements that use the space bar themselves. */
const usesSpace =
  'input:not([type="range"]), textarea, select, button, a[href], summary, [contenteditable="true"], [role="button"], [role="slider"], [role="menuitem"], [role="dialog"]';

/** Space plays and pauses, except where it means something else. */
export function useSpaceBar(session: Session): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== ' ' || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(usesSpace)) return;
      event.preventDefault();
      togglePlay(session);
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [session]);
}

export function togglePlay(session: Session): void {
  const { phase } = session.run.getState();
  if (phase === 'running') void session.training.pause();
  else if (phase === 'paused') {
    useHints.getState().done(0);
    void session.training.play();
  }
}
