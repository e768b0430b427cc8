import { type LoneSteps, lastOf, type Player } from '../config/players.ts';
import { isChange, isLone, type ReplayedChange, type ReplayedMove } from '../config/replayedMove.ts';

/** Steps that are trained in the same way, with the same settings. */
export interface Stretch {
  /** The player that learns alone; null for whole steps. */
  readonly only: Player | null;
  /** How many there are, without end where nothing is left to replay. */
  readonly steps: number;
}

/** The moves that a run makes by itself, each at its step, until a person makes one. */
export class Replay {
  #changes: readonly ReplayedChange[];
  #lone: readonly LoneSteps[];
  /** How many of the changes are made. */
  #made = 0;

  /** The run stands at `step`, and has made what acts up to it. */
  constructor(moves: readonly ReplayedMove[], step: number) {
    this.#changes = moves.filter(isChange);
    this.#lone = moves.filter(isLone);
    this.takeChanges(step);
  }

  /** Nothing is replayed, and a restart replays nothing. */
  get ended(): boolean {
    return this.#changes.length === 0 && this.#lone.length === 0;
  }

  /** The changes that act in step `next` or before, each handed out once. */
  takeChanges(next: number): readonly ReplayedChange[] {
    const from = this.#made;
    while (this.#changes[this.#made]?.step <= next) this.#made++;
    return this.#changes.slice(from, this.#made);
  }

  /** How the steps from `next` on are trained; at least one once `takeChanges` was called for it. */
  ahead(next: number): Stretch {
    const change = this.#changes.at(this.#made)?.step ?? Number.POSITIVE_INFINITY;
    const lone = this.#lone.find((each) => lastOf(each) >= next);
    const isNow = lone !== undefined && lone.step <= next;
    const turn = isNow ? lastOf(lone) + 1 : (lone?.step ?? Number.POSITIVE_INFINITY);
    return { only: isNow ? lone.player : null, steps: Math.min(change, turn) - next };
  }

  /** The run is back at its start. */
  restart(): void {
    this.#made = 0;
  }

  /** A person has taken over. */
  end(): void {
    this.#changes = [];
    this.#lone = [];
  }
}
