import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * An element's width, known before its first frame is painted: what is laid out by it stands in its place at once
 * and pushes nothing aside later. The browser tells it where it lays out the page anyway: to ask earlier would have
 * the page laid out once more, in a task that is long already.
 */
export function useWidth<Found extends HTMLElement>(): { ref: RefObject<Found | null>; width: number } {
  const ref = useRef<Found>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => flushSync(() => setWidth(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
