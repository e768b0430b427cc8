import { useEffect, useRef } from 'react';
import { readView, useView, type View, viewAddress } from '../view.ts';

const key = 'p';

/** Elements that take letters; a slider takes none. */
const usesLetters =
  'input:not([type="range"]), textarea, select, [contenteditable="true"], [role="menu"], [role="dialog"]';

/** The button that leads to the projector's view: where the focus goes back to if what had it is gone. */
export const projectorButtonId = 'projector-button';

/** Where the person came from. */
let before: { readonly view: View; readonly focus: Element | null } = { view: 'train', focus: null };

/** To the view for a projector, or back from it. */
export function toggleProjector(): void {
  const { view } = readView(location.hash);
  if (view === 'projector') location.hash = viewAddress[before.view];
  else {
    before = { view, focus: document.activeElement };
    location.hash = viewAddress.projector;
  }
}

/** P leads to the view for a projector; P or Escape leads back, with the focus where it was. */
export function useProjectorKey(): void {
  const shown = useView() === 'projector';
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(usesLetters)) return;
      if (event.key.toLowerCase() !== key && !(shown && event.key === 'Escape')) return;
      event.preventDefault();
      toggleProjector();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [shown]);

  const wasShown = useRef(shown);
  useEffect(() => {
    if (wasShown.current && !shown) {
      const { focus } = before;
      const there = focus instanceof HTMLElement && focus.isConnected && focus !== document.body;
      (there ? focus : document.getElementById(projectorButtonId))?.focus();
    }
    wasShown.current = shown;
  }, [shown]);
}
