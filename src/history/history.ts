import { type LoneSteps, upToStep, withLoneSteps } from '../config/players.ts';
import type { MetricsBatch } from '../model/columns.ts';
import type { LiveChange } from '../record/liveChange.ts';
import { type AnyMove, loneMoves, type Move, movesOf } from '../record/moves.ts';
import { eachPast, noPast, type Past } from './past.ts';
import { recentSteps } from './recent.ts';

/** What is known of a column over a range of steps; values that are not finite are left out. */
export interface Summary {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

const nothingKnown: Summary = {
  count: 0,
  mean: Number.NaN,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
};

/** Each level summarises this many entries of the level below. */
const fanOut = 16;
const statistics = 4; // count, mean, min, max: a sum could leave float32's range
const firstCapacity = 1024;

/** Summaries of complete blocks of `span` rows, [block, column, statistics]. */
interface Level {
  readonly span: number;
  blocks: number;
  values: Float32Array;
}

/**
 * Every row of metrics of a run, whole, in arrays that double. Beside the rows stand summaries of blocks of 16,
 * 256, 4096, ... rows, so that any range of a long run is summarised in a few dozen reads. A run that goes on
 * after a reload has a past besides, which is summarised already. It lives outside React: rows arrive too often to
 * be state.
 */
export class History {
  /** Names of the columns of a row, in their order. */
  readonly columns: readonly string[];
  readonly changes: LiveChange[] = [];
  #loneSteps: readonly LoneSteps[] = [];
  /** Grows with everything that is added: whoever draws compares it with what was drawn. */
  version = 0;
  readonly #places: ReadonlyMap<string, number>;
  #count = 0;
  #rows: Float32Array;
  readonly #levels: Level[] = [];
  readonly #past: Past;
  /** Made when they are asked for, after changes. */
  #settingMoves: readonly Move[] | null = null;
  #moves: readonly AnyMove[] | null = null;

  constructor(columns: readonly string[], past: Past = noPast) {
    this.columns = columns;
    this.#places = new Map(columns.map((name, place) => [name, place]));
    this.#past = past;
    this.#count = past.steps;
    this.#rows = new Float32Array(firstCapacity * columns.length);
  }

  get #width(): number {
    return this.columns.length;
  }

  /** Steps known; row i is that of step i + 1. */
  get count(): number {
    return this.#count;
  }

  /** The changes by gesture. */
  get settingMoves(): readonly Move[] {
    this.#settingMoves ??= movesOf(this.changes);
    return this.#settingMoves;
  }

  /** Steps in which one player only learned. */
  get loneSteps(): readonly LoneSteps[] {
    return this.#loneSteps;
  }

  /** All that a person did on the way: what charts mark. */
  get moves(): readonly AnyMove[] {
    this.#moves ??= [...this.settingMoves, ...loneMoves(this.#loneSteps)];
    return this.#moves;
  }

  /** Forgets all after a step: it will be trained again. */
  truncate(step: number): void {
    if (step >= this.#count) return;
    this.#truncate(Math.max(step, this.#past.steps));
    const later = this.changes.findIndex((change) => change.step > step + 1);
    if (later >= 0) this.changes.splice(later);
    this.#loneSteps = upToStep(this.#loneSteps, step);
    this.#movesChanged();
  }

  append({ firstStep, rows }: MetricsBatch): void {
    // Before there is a run nobody knows how wide a row is.
    if (this.#width === 0) return;
    const added = Math.floor(rows.length / this.#width);
    const first = firstStep - 1;
    if (first < this.#count) this.#truncate(first);
    this.#rows = grown(this.#rows, (first + added) * this.#width);
    // Steps that never arrived stay unknown rather than shift their successors.
    this.#rows.fill(Number.NaN, this.#count * this.#width, first * this.#width);
    this.#rows.set(rows.subarray(0, added * this.#width), first * this.#width);
    this.#count = first + added;
    this.#summarise();
    this.version++;
  }

  /**
   * Keeps a change. A later one of the same setting at the same step takes the earlier one's place, for that never
   * acted; one that brings back the value before leaves none.
   */
  addChange(change: LiveChange): void {
    const same = this.changes.findIndex(({ key, step }) => key === change.key && step === change.step);
    const from = same < 0 ? change.from : this.changes.splice(same, 1)[0].from;
    if (from !== change.to) this.changes.push({ ...change, from });
    this.#movesChanged();
  }

  /** Keeps steps of one player only. With those just before them, of the same player, they are one move. */
  addLoneSteps(lone: LoneSteps): void {
    this.#loneSteps = withLoneSteps(this.#loneSteps, lone);
    this.#movesChanged();
  }

  #movesChanged(): void {
    this.#settingMoves = null;
    this.#moves = null;
    this.version++;
  }

  /** The value of a column at a step (from 1); NaN where there is none. */
  value(step: number, column: string): number {
    const place = this.#places.get(column);
    if (place === undefined || step < 1 || step > this.#count) return Number.NaN;
    if (step <= this.#past.steps) return this.#summaryAt(place, step - 1, step).mean;
    return this.#rows[(step - 1) * this.#width + place];
  }

  /**
   * Summary of a column over rows `from` up to, not including, `to`; of one that rows have not, as of one not
   * measured.
   */
  summary(column: string, from: number, to: number): Summary {
    const place = this.#places.get(column);
    return place === undefined ? nothingKnown : this.#summaryAt(place, from, to);
  }

  #summaryAt(place: number, from: number, to: number): Summary {
    let count = 0;
    let sum = 0;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    const end = Math.min(to, this.#count);
    const begin = Math.max(0, from);
    const { steps } = this.#past;
    if (begin < steps)
      eachPast(this.#past, this.columns[place], begin, Math.min(end, steps), (point, covered) => {
        count += covered;
        sum += covered * point.mean;
        min = Math.min(min, point.band[0]);
        max = Math.max(max, point.band[1]);
      });
    for (let row = Math.max(begin, steps); row < end; ) {
      const level = this.#levelAt(row, end);
      if (level) {
        const at = ((row / level.span) * this.#width + place) * statistics;
        count += level.values[at];
        sum += level.values[at] * level.values[at + 1];
        min = Math.min(min, level.values[at + 2]);
        max = Math.max(max, level.values[at + 3]);
        row += level.span;
      } else {
        const value = this.#rows[row * this.#width + place];
        if (Number.isFinite(value)) {
          count++;
          sum += value;
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
        row++;
      }
    }
    // Rounding must not carry the mean of equal values past them.
    const mean = count === 0 ? Number.NaN : Math.min(max, Math.max(min, sum / count));
    return { count, mean, min, max };
  }

  /** Mean of a column over the latest steps (see recent.ts), now or as of `step`; NaN where nothing is known. */
  recentMean(column: string, step = this.#count): number {
    return this.summary(column, step - recentSteps(step), step).mean;
  }

  /** The largest block that starts at `row`, is complete and ends by `end`. */
  #levelAt(row: number, end: number): Level | null {
    let best: Level | null = null;
    for (const level of this.#levels) {
      if (row % level.span !== 0 || row + level.span > end || row / level.span >= level.blocks) break;
      best = level;
    }
    return best;
  }

  #summarise(): void {
    for (let index = 0; ; index++) {
      const span = fanOut ** (index + 1);
      const blocks = Math.floor(this.#count / span);
      if (blocks === 0) return;
      // Blocks of the past are not asked for: what is known of them is not in rows.
      this.#levels[index] ??= {
        span,
        blocks: Math.floor(this.#past.steps / span),
        values: new Float32Array(0),
      };
      const level = this.#levels[index];
      level.values = grown(level.values, blocks * this.#width * statistics);
      for (let block = level.blocks; block < blocks; block++) this.#fill(level, block);
      level.blocks = blocks;
    }
  }

  #fill(level: Level, block: number): void {
    for (let place = 0; place < this.#width; place++) {
      const { count, mean, min, max } = this.#summaryAt(place, block * level.span, (block + 1) * level.span);
      level.values.set([count, count === 0 ? 0 : mean, min, max], (block * this.#width + place) * statistics);
    }
  }

  #truncate(count: number): void {
    this.#count = count;
    for (const level of this.#levels) level.blocks = Math.min(level.blocks, Math.floor(count / level.span));
  }
}

/** The array, or a copy at least twice as long that holds `length` values. */
function grown(values: Float32Array, length: number): Float32Array {
  if (length <= values.length) return values;
  const larger = new Float32Array(Math.max(length, values.length * 2));
  larger.set(values);
  return larger;
}
