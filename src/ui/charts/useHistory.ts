import { useElementSize, useMergedRef } from '@mantine/hooks';
import { startTransition, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { History } from '../../history/history.ts';
import { useSession } from '../session/context.ts';
import type { Session } from '../session/session.ts';
import { ticker } from './ticker.ts';

/**
 * A run is young for so many seconds of training. Browsers compile the Worker's code and the charts' meanwhile, so
 * axes are then drawn again only if they must.
 */
const youngSeconds = 2;

/** How near the window a plot is drawn, so that it is there before it comes in sight. */
const nearby = '200px 0px';

/** What a component that draws histories knows of its place. */
interface Drawing {
  readonly young: boolean;
  readonly ref: (element: HTMLDivElement | null) => void;
  /** In pixels; 0 until it comes in sight for the first time: laying out a plot takes long. */
  readonly width: number;
}

/**
 * The run's history, for a component that is drawn again in its turn when rows were added; and the element's
 * width.
 */
export function useHistory(): Drawing & { history: History } {
  const session = useSession();
  return { history: session.history, ...useDrawing([session]) };
}

/** Has the component drawn again in its turn when rows were added to the history of any of the sessions. */
export function useDrawing(sessions: readonly Session[]): Drawing {
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const element = useRef<HTMLDivElement | null>(null);
  const visible = useRef(false);
  const [met, setMet] = useState(false);
  const drawn = useRef<readonly Drawn[]>([]);
  const [, redraw] = useState(0);
  drawn.current = sessions.map((session) => {
    const { history } = session;
    return { session, history, version: history.version };
  });

  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) visible.current = entry.isIntersecting;
        if (visible.current) startTransition(() => setMet(true));
      },
      { rootMargin: nearby },
    );
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, []);

  useEffect(
    () =>
      ticker.add(
        () => visible.current && drawn.current.some(isStale),
        () => flushSync(() => redraw((count) => count + 1)),
      ),
    [],
  );

  const ref = useMergedRef(sizeRef, element);
  const young = sessions.some(({ run }) => run.getState().elapsed < youngSeconds);
  return { young, ref, width: met ? Math.floor(width) : 0 };
}

interface Drawn {
  readonly session: Session;
  readonly history: History;
  readonly version: number;
}

const isStale = ({ session, history, version }: Drawn) =>
  session.history !== history || history.version !== version;
