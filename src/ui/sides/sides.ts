import { createStore } from 'zustand/vanilla';
import { ranOn } from '../../config/engines.ts';
import type { Goal } from '../../config/goal.ts';
import { inOrder, type ReplayedMove } from '../../config/replayedMove.ts';
import { type RivalSettings, rivalSettingsOf } from '../../config/rival.ts';
import type { RunConfig } from '../../config/schema.ts';
import { type Lesson, parseRunUrl, type Replay, runQuery } from '../../config/url.ts';
import type { WorkerClient } from '../../protocol/client.ts';
import type { KeptRuns } from '../runs/keepRuns.ts';
import { presentRecord } from '../runs/presentRecord.ts';
import type { RunRequest } from '../session/request.ts';
import { Session } from '../session/session.ts';
import { steeringOf } from '../session/steering.ts';
import type { BySide } from './pair.ts';

/** The page's address. */
export interface AddressBar {
  readonly search: string;
  replace(search: string): void;
}

/** The sessions of both sides, while there are two. */
export type Pair = BySide<Session>;

export interface SidesState {
  /** The session that there always is: side A, or alone. */
  readonly A: Session;
  /** Null while one run trains alone. */
  readonly B: Session | null;
}

/** Programs for chat and mail cut addresses that are longer. */
const longestQuery = 2000;

/**
 * The page's sessions: A, which it always has, and at times B, whose run is the same but for its rival settings:
 * the objective and its weights. What is common to both is told to A alone: the Worker means both (see
 * worker/lockstep.ts).
 */
export class Sides {
  readonly state;
  /** What the page shows of the runs, as its link says it; `setLesson` changes it. */
  readonly lesson;
  readonly #connect: () => WorkerClient;
  readonly #address: AddressBar;
  readonly #kept: KeptRuns;
  /** In what B was last asked to differ. */
  #asked: RivalSettings | null = null;
  #stopWatching: () => void = () => undefined;

  constructor(connect: () => WorkerClient, address: AddressBar, kept: KeptRuns) {
    this.#connect = connect;
    this.#address = address;
    this.#kept = kept;
    this.lesson = createStore<Lesson>(() => parseRunUrl(address.search, 'tiny').lesson);
    this.state = createStore<SidesState>(() => ({ A: this.#newSession(), B: null }));
  }

  setLesson(lesson: Partial<Lesson>): void {
    this.lesson.setState(lesson);
    this.#writeAddress();
  }

  /** Sets a goal, and begins the run again, measured so often that it can be reached. */
  async beginChallenge(goal: Goal): Promise<void> {
    this.setLesson({ goal });
    const { A } = this.state.getState();
    await this.#measureFor(A, goal);
    const { step, info } = A.run.getState();
    if (step > (info?.startStep ?? 0)) await A.training.reset();
  }

  /** A goal that was reached is checked at its step. */
  async #measureFor({ measuring }: Session, { reachedAt, steps }: Goal): Promise<void> {
    await measuring.setEvery(reachedAt ?? Math.max(1, Math.min(500, Math.floor(steps / 5))));
  }

  /** Makes what the address names. */
  async start(): Promise<void> {
    const { A } = this.state.getState();
    const asked = await A.start();
    const { goal } = this.lesson.getState();
    if (goal) await this.#measureFor(A, goal);
    if (asked) await this.open(asked.settings, null, asked.moves);
  }

  /**
   * Begins side B, both at the same step.
   * @param request What side A is to be; null where it stays, which it can at its start only.
   * @param moves How B is steered by itself.
   */
  async open(
    rival: RivalSettings,
    request: RunRequest | null,
    moves: readonly ReplayedMove[] = [],
  ): Promise<void> {
    const { A } = this.state.getState();
    if (this.state.getState().B) await this.close(A);
    A.side = 'A';
    if (request) await A.configure(request);
    this.#asked = rival;
    await this.#follow(A, this.#pairUp(A), moves);
  }

  /** Goes on with runs from their safety copies: one alone, or two side by side at the same step. */
  async goOn([request, beside]: readonly RunRequest[]): Promise<void> {
    const { A, B: present } = this.state.getState();
    if (present) await this.close(A);
    if (beside) A.side = 'A';
    await A.configure(request);
    if (!beside) return;
    this.#asked = rivalSettingsOf(beside.config);
    const B = this.#pairUp(A);
    B.adopt(A);
    await B.configure(beside);
  }

  /** A fresh Worker with the runs as they were when their last safety copies were made. */
  async resume(): Promise<void> {
    const { A, B } = this.state.getState();
    const request = A.resumption();
    if (!request) return;
    if (!B) return A.restart(request);
    const beside = B.resumption();
    A.onConfigured = async () => {
      B.adopt(A);
      if (beside) await B.configure(beside);
    };
    await A.restart(request);
    A.onConfigured = () => this.#follow(A, B);
  }

  #pairUp(A: Session): Session {
    const B = this.#newSession();
    B.side = 'B';
    this.state.setState({ B });
    for (const session of [A, B])
      session.onLeave = async () => {
        await Promise.all([A, B].map((side) => this.#kept.takeUp(side)));
      };
    // A new run of A is a new run of B, the same but for B's own settings.
    A.onConfigured = () => this.#follow(A, B);
    // A fresh Worker for A is to be one for both: the old one ends when nobody needs it.
    this.#stopWatching = A.run.subscribe(({ phase }) => {
      if (phase === 'starting') B.disconnect();
    });
    return B;
  }

  /**
   * A request for the page's run as it is now: what trains on from it is a fork. Null where it cannot be had,
   * which is shown.
   */
  async requestFromHere(): Promise<RunRequest | null> {
    const { A } = this.state.getState();
    const { origin } = A;
    const record = presentRecord(A);
    const request = A.currentRequest();
    if (!origin || !record || !request) return null;
    try {
      const { step, bytes } = await A.checkpoint();
      return { ...request, fork: { parent: { id: origin.id, name: record.name, step }, checkpoint: bytes } };
    } catch (thrown) {
      A.showError(thrown);
      return null;
    }
  }

  /** Ends side by side: the one session goes on alone, the other ends with its run kept. */
  async close(kept: Session): Promise<void> {
    const { A, B } = this.state.getState();
    if (!B) return;
    const other = kept === A ? B : A;
    this.#stopWatching();
    kept.onLeave = () => this.#kept.takeUp(kept);
    kept.onConfigured = async () => undefined;
    kept.side = null;
    if (kept !== A) kept.adopt(A);
    this.state.setState({ A: kept, B: null });
    this.#writeAddress();
    await this.#kept.takeUp(other);
    this.#kept.release(other);
    await other.leave();
  }

  /**
   * The link that starts again what the page shows: the run or both, with every move, and with what a person says
   * of it. The moves are left out where they would make it too long. `lesson`: what the link says of the page,
   * where that is not what the page shows now.
   */
  link(
    caption: string | null = null,
    lesson: Lesson = this.lesson.getState(),
  ): {
    readonly query: string;
    readonly moves: 'all' | 'none' | 'tooMany';
  } {
    const { A, B } = this.state.getState();
    const request = A.currentRequest();
    if (!request) return { query: this.#address.search, moves: 'none' };
    const { preset, engine } = request;
    const replay = replayOf(A, caption);
    const ofB = B && replayOf(B, null);
    const rival = B && (ofB ? rivalSettingsOf(ofB.config) : this.#rivalSettings(B));
    const rivalMoves = ofB?.replay.moves ?? [];
    if (replay) {
      const query = runQuery(replay.config, preset, engine, rival, {
        replay: replay.replay,
        rivalMoves,
        lesson,
      });
      const moves = replay.replay.moves.length + rivalMoves.length === 0 ? 'none' : 'all';
      if (query.length <= longestQuery) return { query, moves };
    }
    const query = runQuery(request.config, preset, engine, B && this.#rivalSettings(B), { lesson });
    return { query, moves: replay ? 'tooMany' : 'none' };
  }

  #newSession(): Session {
    const session = new Session(this.#connect, {
      search: this.#address.search,
      changed: () => this.#writeAddress(),
    });
    session.onLeave = () => this.#kept.takeUp(session);
    this.#kept.keep(session);
    return session;
  }

  #writeAddress(): void {
    this.#address.replace(this.link(this.state.getState().A.run.getState().replay?.caption ?? null).query);
  }

  #rivalSettings(B: Session): RivalSettings | null {
    const config = B.currentConfig();
    return config ? rivalSettingsOf(config) : this.#asked;
  }

  /** Has B make the run that A has, but for B's own settings and moves. */
  async #follow(A: Session, B: Session, moves: readonly ReplayedMove[] = []): Promise<void> {
    const request = A.currentRequest();
    const rival = this.#rivalSettings(B);
    if (!request || !rival) return;
    const { replay: _ofA, ...shared } = request;
    B.adopt(A);
    await B.configure({
      ...shared,
      config: { ...shared.config, ...rival },
      ...(moves.length > 0 ? { replay: { moves, ran: null, caption: null } } : {}),
    });
  }
}

/** How a session's run was steered, from its beginning; null for a fork, whose weights no address holds. */
function replayOf(
  { origin, history, run }: Session,
  caption: string | null,
): { readonly config: RunConfig; readonly replay: Replay } | null {
  const { info, replay } = run.getState();
  if (!origin || !info || origin.parent) return null;
  if (replay) return { config: origin.config, replay: { ...replay, caption } };
  const { config, changes, loneSteps } = steeringOf(origin, history);
  return { config, replay: { moves: inOrder([...changes, ...loneSteps]), ran: ranOn(info.runsOn), caption } };
}
