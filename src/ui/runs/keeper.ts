import type { Session } from '../session/session.ts';
import { presentRecord } from './presentRecord.ts';
import type { RunShelf } from './shelf.ts';

/** A run of fewer steps is not worth keeping: somebody pressed a button. */
export const fewestSteps = 100;
/** What a crash of the page may cost. */
const saveEveryMs = 10_000;
/** Weights are larger, and reading them holds training up for a moment. */
const weightsEveryMs = 60_000;
/** Numbers of the last steps follow a pause, and scores come in a burst. */
const settleMs = 250;

/** Keeps the session's run on the shelf while it trains, where it stops and before it is replaced. */
export class RunKeeper {
  readonly #session: Session;
  readonly #shelf: RunShelf;
  /** What was stored last, to tell whether anything is new. */
  #stored = '';
  /** The same of its weights. */
  #storedWeights = '';
  #weightsAt = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;
  readonly #ends: (() => void)[] = [];

  constructor(session: Session, shelf: RunShelf) {
    this.#session = session;
    this.#shelf = shelf;
  }

  /** From now on the session's runs are kept, until it is told to stop. */
  start(): void {
    const { run, evaluations } = this.#session;
    const timer = setInterval(() => void this.#saveRegularly(), saveEveryMs);
    const whenHidden = () => {
      if (document.hidden) void this.save();
    };
    const whenLeft = () => void this.save();
    document.addEventListener('visibilitychange', whenHidden);
    window.addEventListener('pagehide', whenLeft);
    this.#ends.push(
      () => clearInterval(timer),
      () => clearTimeout(this.#settling),
      () => document.removeEventListener('visibilitychange', whenHidden),
      () => window.removeEventListener('pagehide', whenLeft),
      run.subscribe(({ phase }, before) => {
        if (before.phase === 'running' && phase !== 'running') this.#saveSoon();
      }),
      evaluations.subscribe(({ records }, before) => {
        if (records.length > before.records.length) this.#saveSoon();
      }),
    );
  }

  stop(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  /** Has the run stored before it is replaced: waits until the Worker has given the weights, not until they are stored. */
  async takeUp(): Promise<void> {
    void this.save();
    const store = await this.#takeWeights();
    void store();
  }

  async #saveRegularly(): Promise<void> {
    await this.save();
    if (performance.now() - this.#weightsAt >= weightsEveryMs) await this.#saveWeights();
  }

  async #saveWeights(): Promise<void> {
    const store = await this.#takeWeights();
    await store();
  }

  /** Takes what a fork begins from, if the run is kept and there is anything new; resolves with how to store it. */
  async #takeWeights(): Promise<() => Promise<void>> {
    const nothing = async () => undefined;
    const { origin, run } = this.#session;
    const { phase, step } = run.getState();
    const mark = `${origin?.id} ${step}`;
    const readable = phase !== 'starting' && phase !== 'empty' && phase !== 'preparing' && phase !== 'failed';
    if (!origin || this.#mark() === null || !readable || mark === this.#storedWeights) return nothing;
    this.#storedWeights = mark;
    this.#weightsAt = performance.now();
    try {
      const { step: at, bytes } = await this.#session.checkpoint();
      return () => this.#shelf.putWeights(origin.id, at, bytes);
    } catch {
      // A backend that was lost has no weights to give; the page says so already, and the record stays.
      this.#storedWeights = '';
      return nothing;
    }
  }

  /** Stores the run if it is long enough and something is new. */
  async save(): Promise<void> {
    clearTimeout(this.#settling);
    const mark = this.#mark();
    if (mark === null || mark === this.#stored) return;
    this.#stored = mark;
    await this.#put(true);
  }

  /** Shows the run as it is now, without storing it: cheap enough for every second. */
  refresh(): void {
    if (this.#mark() !== null) void this.#put(false);
  }

  async #put(store: boolean): Promise<void> {
    const record = presentRecord(this.#session);
    if (record) await this.#shelf.put(record, { store });
  }

  #saveSoon(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.save().then(() => this.#saveWeights()), settleMs);
  }

  /** Changes with everything that a record says; null for a run that is not kept. */
  #mark(): string | null {
    const { history, origin, evaluations } = this.#session;
    if (!origin || history.count - (origin.parent?.step ?? 0) < fewestSteps) return null;
    return [origin.id, history.version, evaluations.getState().records.length].join();
  }
}
