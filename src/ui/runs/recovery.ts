import { createStore } from 'zustand/vanilla';
import { AppError } from '../../errors.ts';
import type { RunRequest } from '../session/request.ts';
import type { Claims } from './claims.ts';
import { fewestSteps } from './keeper.ts';
import { continuing, type PresentRun, presentRunSchema } from './presentRun.ts';
import type { RunDatabase } from './runDatabase.ts';
import type { RunShelf } from './shelf.ts';
import { storageReport } from './storageProblem.ts';

/** Whether the run stays in the Compare view when nobody goes on with it. */
export function isKept({ record }: PresentRun): boolean {
  return record.steps - (record.parent?.step ?? 0) >= fewestSteps;
}

/** A run whose page is gone, or two that trained side by side. */
export interface Offer {
  readonly runs: readonly PresentRun[];
}

export interface RecoveryState {
  /** The newest first. */
  readonly offers: readonly Offer[];
}

/** Runs that were under way when their page ended: a reload, a crash, a closed tab. */
export class Recovery {
  readonly state = createStore<RecoveryState>(() => ({ offers: [] }));
  readonly #database: RunDatabase;
  readonly #shelf: RunShelf;
  readonly #claims: Claims;
  /** Runs that somebody has decided about here. A look that began before must not offer them again. */
  readonly #settled = new Set<string>();

  constructor(database: RunDatabase, shelf: RunShelf, claims: Claims) {
    this.#database = database;
    this.#shelf = shelf;
    this.#claims = claims;
  }

  /** Looks for such runs. Where storage refuses there are none; what refuses is told by the shelf. */
  async look(): Promise<void> {
    try {
      const rows = await this.#database.presentRows();
      const steps = await this.#database.weightSteps();
      // A row that no release has written, or without its weights, is of no use to anyone.
      const runs = rows.flatMap((row) => {
        const parsed = presentRunSchema.safeParse(row);
        const usable = parsed.success && steps.get(parsed.data.key) === parsed.data.step;
        return usable ? [parsed.data] : [];
      });
      const taken = await this.#claims.taken(runs.map(({ key }) => key));
      const left = runs.filter(({ key }) => !taken.has(key) && !this.#settled.has(key));
      this.state.setState({ offers: offersOf(left) });
      for (const run of left) await this.#keepRecord(run);
    } catch (thrown) {
      this.#shelf.noteProblem(storageReport(thrown));
    }
  }

  /**
   * What goes on with the runs of an offer, which are this page's from now on.
   * @throws AppError where another page has them by now, or their copy is gone or damaged.
   */
  async take({ runs }: Offer): Promise<RunRequest[]> {
    for (const { key } of runs) if (!(await this.#claims.take(key))) throw new AppError('RunTakenError');
    return Promise.all(
      runs.map(async (run) => {
        const weights = await this.#shelf.weights(run.key);
        if (weights?.step !== run.step) throw new AppError('CopyGoneError');
        return continuing(run, weights.bytes, await this.#database.readStart(run.key));
      }),
    );
  }

  /** The offer was taken up, and its runs are those of this page. */
  settle(offer: Offer): void {
    for (const { key } of offer.runs) this.#settled.add(key);
    const waits = ({ runs }: Offer) => !runs.some(({ key }) => this.#settled.has(key));
    this.state.setState(({ offers }) => ({ offers: offers.filter(waits) }));
  }

  /** The runs were not taken up after all. */
  release({ runs }: Offer): void {
    for (const { key } of runs) this.#claims.release(key);
  }

  /**
   * Nobody wants to go on with these runs. Those that are long enough stay in the Compare view, with their
   * weights.
   */
  async decline(offer: Offer): Promise<void> {
    this.settle(offer);
    for (const run of offer.runs) {
      await this.#keepRecord(run);
      await this.#shelf.endPresent(run.key);
    }
  }

  /** The page may have ended before it stored its record as of the copy: then Compare would not list the run. */
  async #keepRecord(run: PresentRun): Promise<void> {
    await this.#shelf.load();
    const known = this.#shelf.find(run.key)?.record.steps ?? 0;
    if (isKept(run) && known < run.record.steps) await this.#shelf.put(run.record);
  }
}

/** Runs that trained side by side and stand at the same step belong together. */
function offersOf(runs: readonly PresentRun[]): Offer[] {
  const newest = runs.toSorted((a, b) => b.savedAt - a.savedAt);
  const paired = (a: PresentRun, b: PresentRun) =>
    a.beside === b.key && b.beside === a.key && a.step === b.step && a.side === 'A' && b.side === 'B';
  return newest.flatMap((run): Offer[] => {
    const sideB = newest.find((other) => paired(run, other));
    if (sideB) return [{ runs: [run, sideB] }];
    return newest.some((other) => paired(other, run)) ? [] : [{ runs: [run] }];
  });
}
