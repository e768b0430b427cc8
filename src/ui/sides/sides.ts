import { createStore } from 'zustand/vanilla';
import { type RivalSettings, rivalSettingsOf } from '../../config/rival.ts';
import { runQuery } from '../../config/url.ts';
import type { WorkerClient } from '../../protocol/client.ts';
import type { KeptRuns } from '../runs/keepRuns.ts';
import { presentRecord } from '../runs/presentRecord.ts';
import type { Side } from '../session/origin.ts';
import type { RunRequest } from '../session/request.ts';
import { Session } from '../session/session.ts';

/** The page's address. */
export interface AddressBar {
  readonly search: string;
  replace(search: string): void;
}

/** The sessions of both sides, while there are two. */
export type Pair = Readonly<Record<Side, Session>>;

export interface SidesState {
  /** The page's run: the only one, or side A. */
  readonly main: Session;
  /** Side B, while two runs train side by side. */
  readonly rival: Session | null;
}

/**
 * The page's sessions: the one it always has and, side by side with it, a rival, which is the same but for its objective,
 * gamma and beta. What is common to both is told to the first alone: the Worker means both (see worker/lockstep.ts).
 */
export class Sides {
  readonly state;
  readonly #openLane: () => WorkerClient;
  readonly #address: AddressBar;
  readonly #kept: KeptRuns;
  /** What the rival was last asked to be. */
  #asked: RivalSettings | null = null;
  #stopWatching: () => void = () => undefined;

  constructor(openLane: () => WorkerClient, address: AddressBar, kept: KeptRuns) {
    this.#openLane = openLane;
    this.#address = address;
    this.#kept = kept;
    this.state = createStore<SidesState>(() => ({ main: this.#newSession(), rival: null }));
  }

  /** Makes what the address names. */
  async start(): Promise<void> {
    const rival = await this.state.getState().main.start();
    if (rival) await this.open(rival, null);
  }

  /**
   * Begins a rival beside the page's run, both at the same step.
   * @param request What the page's run is to be; null where it stays, which it can at its start only.
   */
  async open(settings: RivalSettings, request: RunRequest | null): Promise<void> {
    const { main } = this.state.getState();
    if (this.state.getState().rival) await this.close(main);
    main.side = 'A';
    if (request) await main.configure(request);
    this.#asked = settings;
    await this.#follow(main, this.#pairUp(main));
  }

  /** Goes on with runs from their safety copies: one alone, or two side by side at the same step. */
  async goOn([request, beside]: readonly RunRequest[]): Promise<void> {
    const { main, rival: present } = this.state.getState();
    if (present) await this.close(main);
    if (beside) main.side = 'A';
    await main.configure(request);
    if (!beside) return;
    this.#asked = rivalSettingsOf(beside.config);
    const rival = this.#pairUp(main);
    rival.adopt(main);
    await rival.configure(beside);
  }

  /** A fresh Worker with the runs as they were when their last safety copies were made. */
  async resume(): Promise<void> {
    const { main, rival } = this.state.getState();
    const request = main.resumption();
    if (!request) return;
    if (!rival) return main.restart(request);
    const beside = rival.resumption();
    main.onConfigured = async () => {
      rival.adopt(main);
      if (beside) await rival.configure(beside);
    };
    await main.restart(request);
    main.onConfigured = () => this.#follow(main, rival);
  }

  #pairUp(main: Session): Session {
    const rival = this.#newSession();
    rival.side = 'B';
    this.state.setState({ rival });
    for (const session of [main, rival])
      session.onLeave = async () => {
        await Promise.all([main, rival].map((side) => this.#kept.takeUp(side)));
      };
    // A new run of the one is a new run of the other, the same but for its own settings.
    main.onConfigured = () => this.#follow(main, rival);
    // A fresh Worker for the one is to be one for both: the old one ends when nobody needs it.
    this.#stopWatching = main.run.subscribe(({ phase }) => {
      if (phase === 'starting') rival.disconnect();
    });
    return rival;
  }

  /** A request for the page's run as it is now: what trains on from it is a fork. Null where it cannot be had, which is shown. */
  async requestFromHere(): Promise<RunRequest | null> {
    const { main } = this.state.getState();
    const { origin } = main;
    const record = presentRecord(main);
    const request = main.currentRequest();
    if (!origin || !record || !request) return null;
    try {
      const { step, bytes } = await main.checkpoint();
      return { ...request, fork: { parent: { id: origin.id, name: record.name, step }, checkpoint: bytes } };
    } catch (thrown) {
      main.showError(thrown);
      return null;
    }
  }

  /** Ends side by side: the one session goes on alone, the other ends with its run kept. */
  async close(kept: Session): Promise<void> {
    const { main, rival } = this.state.getState();
    if (!rival) return;
    const other = kept === main ? rival : main;
    this.#stopWatching();
    kept.onLeave = () => this.#kept.takeUp(kept);
    kept.onConfigured = async () => undefined;
    kept.side = null;
    if (kept !== main) kept.adopt(main);
    this.state.setState({ main: kept, rival: null });
    this.#writeAddress();
    await this.#kept.takeUp(other);
    this.#kept.release(other);
    await other.leave();
  }

  /** The address that starts what the page shows anew. */
  query(): string {
    const { main, rival } = this.state.getState();
    const request = main.currentRequest();
    if (!request) return this.#address.search;
    return runQuery(request.config, request.preset, request.engine, rival && this.#rivalSettings(rival));
  }

  #newSession(): Session {
    const session = new Session(this.#openLane, {
      search: this.#address.search,
      changed: () => this.#writeAddress(),
    });
    session.onLeave = () => this.#kept.takeUp(session);
    this.#kept.keep(session);
    return session;
  }

  #writeAddress(): void {
    this.#address.replace(this.query());
  }

  #rivalSettings(rival: Session): RivalSettings | null {
    const config = rival.currentConfig();
    return config ? rivalSettingsOf(config) : this.#asked;
  }

  async #follow(main: Session, rival: Session): Promise<void> {
    const request = main.currentRequest();
    const settings = this.#rivalSettings(rival);
    if (!request || !settings) return;
    rival.adopt(main);
    await rival.configure({ ...request, config: { ...request.config, ...settings } });
  }
}
