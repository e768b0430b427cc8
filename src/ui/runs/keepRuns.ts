import type { Session } from '../session/session.ts';
import { type Claims, openClaims } from './claims.ts';
import { WorkerCopies } from './copyStore.ts';
import { RunKeeper } from './keeper.ts';
import { Recovery } from './recovery.ts';
import { RunDatabase } from './runDatabase.ts';
import { RunShelf } from './shelf.ts';

/** The runs that this browser keeps, and what keeps those of the page's sessions there. */
export class KeptRuns {
  readonly shelf: RunShelf;
  readonly recovery: Recovery;
  readonly #claims: Claims;
  readonly #keepers = new Map<Session, RunKeeper>();

  constructor(shelf: RunShelf, recovery: Recovery, claims: Claims) {
    this.shelf = shelf;
    this.recovery = recovery;
    this.#claims = claims;
  }

  /** Keeps the session's runs from now on. */
  keep(session: Session): void {
    const beside = () => [...this.#keepers.keys()].find((other) => other !== session)?.origin?.id ?? null;
    const keeper = new RunKeeper(session, this.shelf, this.#claims, beside);
    keeper.start();
    this.#keepers.set(session, keeper);
  }

  /** The session has ended. */
  release(session: Session): void {
    this.#keepers.get(session)?.stop();
    this.#keepers.delete(session);
  }

  /**
   * Stores a session's run with its weights, if they are worth it and not stored yet; resolves once they are
   * taken.
   */
  async takeUp(session: Session): Promise<void> {
    await this.#keepers.get(session)?.takeUp();
  }

  /** Shows the runs as they are now, without storing them: cheap enough for every second. */
  refresh(): void {
    for (const keeper of this.#keepers.values()) keeper.refresh();
  }
}

/** The runs kept in this browser's storage, up to date with its other tabs. `storage` is for large writes. */
export function openKeptRuns(storage: Worker | null): KeptRuns {
  const otherTabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('factorvae-runs');
  const database = new RunDatabase();
  const claims = openClaims();
  const shelf = new RunShelf(database, otherTabs, storage ? new WorkerCopies(storage) : undefined);
  return new KeptRuns(shelf, new Recovery(database, shelf, claims), claims);
}
