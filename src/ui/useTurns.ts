import { startTransition, useEffect, useState } from 'react';

const latestMs = 250;

/** Counts from 1 up to `count`, one at a time when the page has nothing better to do. */
export function useTurns(count: number): number {
  const [turns, setTurns] = useState(1);
  useEffect(() => {
    if (turns >= count) return;
    const next = () => startTransition(() => setTurns(turns + 1));
    if (typeof requestIdleCallback === 'undefined') {
      const timer = setTimeout(next);
      return () => clearTimeout(timer);
    }
    const request = requestIdleCallback(next, { timeout: latestMs });
    return () => cancelIdleCallback(request);
  }, [turns, count]);
  return turns;
}
