import type { SafetyCopy } from '../../protocol/messages.ts';
import type { KeptPicture } from '../../record/keptPicture.ts';
import type { RunRecord } from '../../record/runRecord.ts';
import type { Session } from '../session/session.ts';
import type { RunState } from '../session/store.ts';
import type { Claims } from './claims.ts';
import { keptTraversals } from './keptTraversals.ts';
import { presentRecord } from './presentRecord.ts';
import { presentRun } from './presentRun.ts';
import type { RunShelf } from './shelf.ts';

/** A run of fewer steps is not worth keeping once it is over: somebody pressed a button. */
export const fewestSteps = 100;
/** How often the record is stored while the run trains. */
const saveEveryMs = 10_000;
/** From the first steps of a run to its first safety copy, and from each to the next: what a crash may cost. */
const firstCopyMs = 3000;
const copyEveryMs = 10_000;
/**
 * A copy that takes long is made less often: training waits while it is made, and the disk is busy while it is
 * stored.
 */
const restPerMaking = 50;
const restPerStoring = 5;
/** Numbers of the last steps follow a pause, and scores come in a burst. */
const settleMs = 250;

/**
 * Keeps the session's run: its record on the shelf while it trains, where it stops and before it is replaced; and
 * safety copies to go on from if its page, Worker or GPU is lost.
 */
export class RunKeeper {
  readonly #session: Session;
  readonly #shelf: RunShelf;
  readonly #claims: Claims;
  readonly #beside: () => string | null;
  /** What was stored last, to tell whether anything is new. */
  #stored = '';
  /** The same of its weights. */
  #storedWeights = '';
  /** The run that this page has claimed; null before its first copy. */
  #claimed: string | null = null;
  /** The traversals that were stored last, and whose. */
  #kept: { readonly id: string; readonly made: KeptPicture } | null = null;
  #asking = false;
  #copyDueAt = Number.POSITIVE_INFINITY;
  #settling: ReturnType<typeof setTimeout> | undefined;
  readonly #ends: (() => void)[] = [];

  /** @param beside The run beside the session's, by its id. */
  constructor(session: Session, shelf: RunShelf, claims: Claims, beside: () => string | null) {
    this.#session = session;
    this.#shelf = shelf;
    this.#claims = claims;
    this.#beside = beside;
  }

  /** From now on the session's runs are kept, until it is told to stop. */
  start(): void {
    const { run, evaluations } = this.#session;
    const timer = setInterval(() => void this.save(), saveEveryMs);
    const whenLeft = () => {
      void this.save();
      void this.#askForCopy();
    };
    const whenHidden = () => {
      if (document.hidden) whenLeft();
    };
    document.addEventListener('visibilitychange', whenHidden);
    document.addEventListener('freeze', whenLeft);
    window.addEventListener('pagehide', whenLeft);
    this.#session.onCopy = (copy) => void this.#keepCopy(copy);
    this.#ends.push(
      () => clearInterval(timer),
      () => clearTimeout(this.#settling),
      () => document.removeEventListener('visibilitychange', whenHidden),
      () => document.removeEventListener('freeze', whenLeft),
      () => window.removeEventListener('pagehide', whenLeft),
      run.subscribe((now, before) => this.#follow(now, before)),
      evaluations.subscribe(({ records }, before) => {
        if (records.length > before.records.length) this.#saveSoon();
      }),
    );
  }

  stop(): void {
    for (const end of this.#ends.splice(0)) end();
    this.#letGo();
  }

  /**
   * Has the run stored before it is replaced: waits until the Worker has given the weights, not until they are
   * stored.
   */
  async takeUp(): Promise<void> {
    void this.save();
    const store = await this.#takeWeights();
    void store();
  }

  /** Stores the run if it is long enough and something is new. */
  async save(): Promise<void> {
    clearTimeout(this.#settling);
    const mark = this.#mark();
    if (mark === null || mark === this.#stored) return;
    this.#stored = mark;
    // What was refused is tried again the next time.
    if (!(await this.#put(true)) && this.#stored === mark) this.#stored = '';
  }

  /** Shows the run as it is now, without storing it: cheap enough for every second. */
  refresh(): void {
    if (this.#mark() !== null) void this.#put(false);
  }

  /** States come several times a second while a run trains, in a hidden tab too, where timers are held back. */
  #follow(now: RunState, before: RunState): void {
    if (now.generation !== before.generation) {
      const key = this.#session.origin?.id ?? null;
      if (key !== this.#claimed) this.#letGo();
      // It goes on from a copy, so it is stored and claimed already.
      if (now.copiedStep !== null) this.#claimed = key;
    }
    if (now.phase === 'running' && before.phase !== 'running')
      this.#copyDueAt = Math.min(this.#copyDueAt, performance.now() + firstCopyMs);
    if (now.phase === 'running' && performance.now() >= this.#copyDueAt) void this.#askForCopy();
    if (now.phase !== 'running' && before.phase === 'running') this.#saveSoon();
  }

  /** The run of this page is another one. */
  #letGo(): void {
    this.#copyDueAt = Number.POSITIVE_INFINITY;
    const key = this.#claimed;
    if (key === null) return;
    this.#claimed = null;
    void this.#shelf.endPresent(key).then(() => this.#claims.release(key));
  }

  async #askForCopy(): Promise<void> {
    const { origin, run, side } = this.#session;
    const { phase, step } = run.getState();
    const copyable = phase === 'running' || phase === 'paused' || phase === 'held';
    // Side by side, the one asks for both.
    if (this.#asking || !origin || !copyable || side === 'B' || this.#copyMark() === this.#storedWeights)
      return;
    if (step === (origin.parent?.step ?? 0)) return;
    this.#asking = true;
    this.#copyDueAt = performance.now() + copyEveryMs;
    // A Worker that was lost is told elsewhere.
    await this.#session.askForCopy().catch(() => undefined);
    this.#asking = false;
  }

  async #keepCopy(copy: SafetyCopy): Promise<void> {
    const { origin, forkCheckpoint } = this.#session;
    const present = presentRun(this.#session, copy, this.#beside());
    if (!origin || !present) return;
    const start = performance.now();
    const mark = this.#copyMark();
    const first = this.#claimed !== origin.id;
    this.#claimed = origin.id;
    if (first) await this.#claims.take(origin.id);
    const bytes = await this.#shelf.putCopy({
      weights: { key: origin.id, step: copy.step, savedAt: present.savedAt, bytes: copy.bytes },
      present,
      ...(first && forkCheckpoint ? { start: forkCheckpoint } : {}),
    });
    if (this.#session.origin?.id !== origin.id) return;
    this.#storedWeights = mark;
    this.#session.keepCopy({ ...copy, bytes });
    const now = performance.now();
    const rest = Math.max(copyEveryMs, restPerMaking * copy.milliseconds, restPerStoring * (now - start));
    this.#copyDueAt = now + rest;
  }

  /**
   * Takes what a fork begins from, if the run is kept and there is anything new; resolves with how to store it.
   */
  async #takeWeights(): Promise<() => Promise<void>> {
    const nothing = async () => undefined;
    const { origin, run } = this.#session;
    const { phase } = run.getState();
    const mark = this.#copyMark();
    const readable = phase === 'paused' || phase === 'held' || phase === 'running' || phase === 'diverged';
    if (!origin || this.#mark() === null || !readable || mark === this.#storedWeights) return nothing;
    this.#storedWeights = mark;
    try {
      const { step, bytes } = await this.#session.checkpoint();
      const weights = { key: origin.id, step, savedAt: Date.now(), bytes };
      return async () => {
        await this.#shelf.putCopy({ weights });
      };
    } catch {
      // An engine that was lost has no weights to give; the page says so already, and the record stays.
      this.#storedWeights = '';
      return nothing;
    }
  }

  async #put(store: boolean): Promise<boolean> {
    const record = presentRecord(this.#session);
    if (record === null) return false;
    const traversals = this.#traversals(record, store);
    return this.#shelf.put({ ...record, ...(traversals ? { traversals } : {}) }, { store });
  }

  /** The pictures of the page as a record keeps them: made where it is stored, else those of the time before. */
  #traversals({ id, steps }: RunRecord, make: boolean): KeptPicture | null {
    if (this.#kept?.id !== id) this.#kept = null;
    const { pictures } = this.#session.pictures.getState();
    // Pictures of another run, or of a step that the metrics have not told of yet.
    if (make && pictures && id !== undefined && pictures.step <= steps) {
      const made = keptTraversals(pictures);
      if (made) this.#kept = { id, made };
    }
    return this.#kept?.made ?? null;
  }

  #saveSoon(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      void this.save();
      void this.#askForCopy();
    }, settleMs);
  }

  /** Changes with everything that a record says; null for a run that is not kept. */
  #mark(): string | null {
    const { history, origin } = this.#session;
    if (!origin || history.count - (origin.parent?.step ?? 0) < fewestSteps) return null;
    return this.#copyMark();
  }

  #copyMark(): string {
    const { history, origin, evaluations } = this.#session;
    return [origin?.id, history.version, evaluations.getState().records.length].join();
  }
}
