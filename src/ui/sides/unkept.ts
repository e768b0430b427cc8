import { fewestSteps } from '../runs/keeper.ts';
import type { RunShelf } from '../runs/shelf.ts';
import { useDiscard } from '../session/discard.ts';
import type { Session } from '../session/session.ts';

/** Steps of a session's run that would be gone with it: a short run is not kept, and without storage none is. */
function unkeptSteps(session: Session, shelf: RunShelf): number {
  const { step, info } = session.run.getState();
  const steps = step - (info?.startStep ?? 0);
  const kept = steps >= fewestSteps && shelf.state.getState().problem === null;
  return kept ? 0 : steps;
}

/** Does it at once where nothing would be lost with these sessions' runs, else asks first. */
export function discardUnkept(
  sessions: readonly (Session | null)[],
  shelf: RunShelf,
  action: string,
  proceed: () => void,
): void {
  const lost = sessions.map((session) => (session ? unkeptSteps(session, shelf) : 0));
  const steps = Math.max(...lost);
  if (steps > 0) useDiscard.setState({ pending: { steps, action, proceed } });
  else proceed();
}
