import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { History } from '../../history/history.ts';
import { useSession } from '../session/context.ts';
import { ticker } from './ticker.ts';

/**
 * A run is young for so many seconds of training. Browsers compile the Worker's code and the charts' meanwhile, so axes are
 * then drawn anew only if they must.
 */
const youngSeconds = 2;

/** The run's history, for a component that is drawn again in its turn when rows were added; and the element's width. */
export function useHistory(): {
  history: History;
  young: boolean;
  ref: (element: HTMLDivElement | null) => void;
  width: number;
} {
  const session = useSession();
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const element = useRef<HTMLDivElement | null>(null);
  const visible = useRef(true);
  const drawn = useRef<{ history: History; version: number } | null>(null);
  const [, redraw] = useState(0);
  drawn.current = { history: session.history, version: session.history.version };

  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) visible.current = entry.isIntersecting;
    });
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, []);

  useEffect(
    () =>
      ticker.add(
        () =>
          visible.current &&
          (drawn.current?.history !== session.history || drawn.current.version !== session.history.version),
        () => flushSync(() => redraw((count) => count + 1)),
      ),
    [session],
  );

  const ref = useMergedRef(sizeRef, element);
  const young = session.run.getState().elapsed < youngSeconds;
  return { history: session.history, young, ref, width: Math.floor(width) };
}
