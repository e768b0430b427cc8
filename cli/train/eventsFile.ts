import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { RunConfig } from '../../src/config/schema.ts';
import type { Column, MetricsBatch } from '../../src/model/columns.ts';
import type { PictureSet } from '../../src/model/pictures.ts';
import type { EvaluationRecord } from '../../src/record/evaluationRecord.ts';
import { type Event, eventRecord, type SummaryValue } from './events.ts';
import { scoresOf, tagOf } from './eventTags.ts';
import { appendFile, replaceFile } from './files.ts';
import { generatedPng, reconstructionsPng, traversalsPng } from './pictures.ts';
import { settings } from './settings.ts';

/** Points of a curve over a whole run; TensorBoard draws no more. */
const points = 1000;
const filePattern = /^events\.out\.tfevents\.(\d+)\./;

/**
 * Events for TensorBoard and what reads its files, beside metrics.jsonl, which stays what counts: nothing is read
 * back from them. Every start of a run begins a file, which says from which step on those before no longer count.
 */
export class EventsFile {
  readonly #path: string;
  readonly #columns: readonly { readonly index: number; readonly tag: string }[];
  readonly #width: number;
  /** Steps that a point is the mean of. */
  readonly #every: number;
  readonly #steps: number;
  #sums: Float64Array;
  #summed = 0;

  private constructor(path: string, columns: readonly Column[], steps: number) {
    this.#path = path;
    this.#width = columns.length;
    this.#columns = columns.flatMap((column, index) =>
      column.measured ? [{ index, tag: tagOf(column) }] : [],
    );
    this.#every = Math.ceil(steps / points);
    this.#steps = steps;
    this.#sums = new Float64Array(columns.length);
  }

  /**
   * Begins a file in a run's directory.
   * @param step at which the run continues
   * @param steps of the whole run
   * @throws WriteError
   */
  static async begin(
    directory: string,
    { config, step, steps }: { readonly config: RunConfig; readonly step: number; readonly steps: number },
    columns: readonly Column[],
  ): Promise<EventsFile> {
    const path = join(directory, await nextName(directory));
    await replaceFile(path, eventRecord({ kind: 'version' }, Date.now() / 1000));
    const file = new EventsFile(path, columns, steps);
    await file.#append({ kind: 'restart', step: step + 1 });
    if (step === 0) await file.#append({ kind: 'summary', step, values: [configText(config)] });
    return file;
  }

  /** The rows' means, a point for so many steps. @param rate steps a second */
  async addMetrics({ firstStep, rows }: MetricsBatch, rate: number): Promise<void> {
    const events: Event[] = [];
    for (let row = 0; row * this.#width < rows.length; row++) {
      const step = firstStep + row;
      for (const { index } of this.#columns) this.#sums[index] += rows[row * this.#width + index];
      this.#summed++;
      if (step % this.#every !== 0 && step !== this.#steps) continue;
      const means = this.#columns.map(({ index, tag }) => ({
        tag,
        scalar: this.#sums[index] / this.#summed,
      }));
      const speed = { tag: 'speed/steps_per_second', scalar: rate };
      events.push({ kind: 'summary', step, values: [...means, speed] });
      this.#sums = this.#sums.fill(0);
      this.#summed = 0;
    }
    await this.#append(...events);
  }

  async addEvaluation(evaluation: EvaluationRecord): Promise<void> {
    await this.#append({ kind: 'summary', step: evaluation.step, values: scoresOf(evaluation) });
  }

  async addPictures(pictures: PictureSet): Promise<void> {
    const drawn = {
      reconstructions: reconstructionsPng(pictures),
      generated: generatedPng(pictures),
      traversals: traversalsPng(pictures),
    };
    const values = Object.entries(drawn).flatMap(([name, png]) =>
      png === null ? [] : [{ tag: `pictures/${name}`, png }],
    );
    await this.#append({ kind: 'summary', step: pictures.step, values });
  }

  async #append(...events: readonly Event[]): Promise<void> {
    if (events.length === 0) return;
    const seconds = Date.now() / 1000;
    await appendFile(this.#path, Buffer.concat(events.map((event) => eventRecord(event, seconds))));
  }
}

/**
 * Files are read in the order of their names, so a new one comes after those there, whatever a host's clock says.
 */
async function nextName(directory: string): Promise<string> {
  const known = (await readdir(directory)).map((name) => Number(filePattern.exec(name)?.[1] ?? 0));
  const seconds = Math.max(Math.floor(Date.now() / 1000), ...known.map((other) => other + 1));
  return `events.out.tfevents.${String(seconds).padStart(10, '0')}.${hostname()}.${process.pid}`;
}

/** The settings that a run uses, as a table in Markdown. */
function configText(config: RunConfig): SummaryValue {
  const rows = settings
    .filter(({ field }) => field.isUsedBy(config))
    .map(({ option, field }) => `| ${option} | ${field.shownIn(config)} |`);
  return { tag: 'config', text: ['| setting | value |', '|---|---|', ...rows].join('\n') };
}
