import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * Whether a person reads the element, by pointer or focus. It is drawn so before the event goes on: what the pointer is
 * over must be there when its first move arrives.
 */
export function useReading() {
  const ref = useRef<HTMLDivElement>(null);
  const [reading, setReading] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const begin = () => flushSync(() => setReading(true));
    const end = () => setReading(false);
    const listeners = [
      ['pointerenter', begin],
      ['pointerleave', end],
      ['focusin', begin],
      ['focusout', end],
    ] as const;
    for (const [type, listener] of listeners) element.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of listeners) element.removeEventListener(type, listener);
    };
  }, []);
  return { ref, reading };
}
