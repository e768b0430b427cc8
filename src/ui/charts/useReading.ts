import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** What a person reads is renewed at most this often, in ms. */
const renewEvery = 100;

/**
 * When a person last came to the element or moved on it, by pointer or key, as a growing number; null while nobody reads
 * it. It is drawn so before the event goes on: what a pointer is over must be there when its move arrives.
 */
export function useReading() {
  const ref = useRef<HTMLDivElement>(null);
  const [moment, setMoment] = useState<number | null>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    let last = Number.NEGATIVE_INFINITY;
    const read = ({ timeStamp }: Event) => {
      if (timeStamp - last < renewEvery) return;
      last = timeStamp;
      flushSync(() => setMoment(timeStamp));
    };
    const leave = () => {
      last = Number.NEGATIVE_INFINITY;
      setMoment(null);
    };
    const begins = ['pointerenter', 'pointermove', 'focusin', 'keydown'] as const;
    const ends = ['pointerleave', 'focusout'] as const;
    for (const type of begins) element.addEventListener(type, read, { capture: true });
    for (const type of ends) element.addEventListener(type, leave);
    return () => {
      for (const type of begins) element.removeEventListener(type, read, { capture: true });
      for (const type of ends) element.removeEventListener(type, leave);
    };
  }, []);
  return { ref, moment };
}
