import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/**
 * An element's width, known before its first frame is painted: what is laid out by it stands in its place at once
 * and pushes nothing aside later.
 */
export function useWidth<Found extends HTMLElement>(): { ref: RefObject<Found | null>; width: number } {
  const ref = useRef<Found>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
