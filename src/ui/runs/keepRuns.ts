import type { Session } from '../session/session.ts';
import { RunKeeper } from './keeper.ts';
import { RunDatabase } from './runDatabase.ts';
import { RunShelf } from './shelf.ts';

/** The runs that this browser keeps, and what keeps those of the page's sessions there. */
export class KeptRuns {
  readonly shelf: RunShelf;
  readonly #keepers = new Map<Session, RunKeeper>();

  constructor(shelf: RunShelf) {
    this.shelf = shelf;
  }

  /** Keeps the session's runs from now on. */
  keep(session: Session): void {
    const keeper = new RunKeeper(session, this.shelf);
    keeper.start();
    this.#keepers.set(session, keeper);
  }

  /** The session has ended. */
  release(session: Session): void {
    this.#keepers.get(session)?.stop();
    this.#keepers.delete(session);
  }

  /** Stores a session's run with its weights, if they are worth it and not stored yet; resolves once they are taken. */
  async takeUp(session: Session): Promise<void> {
    await this.#keepers.get(session)?.takeUp();
  }

  /** Shows the runs as they are now, without storing them: cheap enough for every second. */
  refresh(): void {
    for (const keeper of this.#keepers.values()) keeper.refresh();
  }
}

/** The runs kept in this browser's storage, up to date with its other tabs. */
export function openKeptRuns(): KeptRuns {
  const otherTabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('factorvae-runs');
  return new KeptRuns(new RunShelf(new RunDatabase(), otherTabs));
}
