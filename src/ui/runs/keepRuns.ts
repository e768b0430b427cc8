import type { Session } from '../session/session.ts';
import type { KeptRuns } from './context.ts';
import { RunKeeper } from './keeper.ts';
import { RunDatabase } from './runDatabase.ts';
import { RunShelf } from './shelf.ts';

/** Keeps the session's runs in this browser from now on. */
export function keepRuns(session: Session): KeptRuns {
  const otherTabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('factorvae-runs');
  const shelf = new RunShelf(new RunDatabase(), otherTabs);
  const keeper = new RunKeeper(session, shelf);
  keeper.start();
  return { shelf, keeper };
}
