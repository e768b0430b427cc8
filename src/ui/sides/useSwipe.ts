import { type RefObject, useState } from 'react';
import type { Side } from '../session/origin.ts';
import { sideNames } from './pair.ts';

/** Sides that lie beside one another in a box that is swiped: which is shown, and how to show another. */
export function useSwipe(box: RefObject<HTMLElement | null>) {
  const [shown, setShown] = useState<Side>('A');
  return {
    shown,
    onScroll() {
      const { scrollLeft = 0, clientWidth = 1 } = box.current ?? {};
      setShown(sideNames[Math.round(scrollLeft / clientWidth)] ?? 'A');
    },
    show(side: Side) {
      const { clientWidth = 0 } = box.current ?? {};
      box.current?.scrollTo({ left: sideNames.indexOf(side) * clientWidth });
    },
  };
}
