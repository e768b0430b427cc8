import type { History } from '../../src/history/history.ts';
import type { EvaluationRecord } from '../../src/record/evaluationRecord.ts';
import { scoresLine } from './evaluateRun.ts';

/** Where lines go: a terminal, or a file or pipe. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Where there is no terminal, a line is printed this often. */
const lineEveryMs = 10_000;
/** A bar is drawn anew this often at most. */
const barEveryMs = 100;
const barLength = 16;

/** Tells a person how one run goes: on a terminal a bar that stays in its line, else a line now and then. */
export class RunReporter {
  readonly #output: Output;
  readonly #steps: number;
  #lineAt = Number.NEGATIVE_INFINITY;
  #barAt = Number.NEGATIVE_INFINITY;

  constructor(output: Output, steps: number) {
    this.#output = output;
    this.#steps = steps;
  }

  resumed(step: number): void {
    this.note(`Goes on from step ${step}.`);
  }

  /** @param rate steps a second */
  progress(history: History, rate: number): void {
    const step = history.count;
    const left = `${rate.toPrecision(3)} steps/s, ${duration((this.#steps - step) / rate)} left`;
    const losses = [
      ['recon', 'reconstruction', 2],
      ['KL', 'kl', 2],
      ['TC', 'totalCorrelation', 3],
      ['gap', 'criticGap', 3],
      ['information', 'generatorInformation', 3],
    ] as const;
    const numbers = losses.flatMap(([name, column, digits]) => {
      const mean = history.recentMean(column);
      return Number.isFinite(mean) ? [`${name} ${mean.toFixed(digits)}`] : [];
    });
    const figures = [`${step}/${this.#steps}`, left, ...numbers].join('  ');
    if (this.#output.isTTY) this.#bar(step / this.#steps, figures);
    else this.#lineNowAndThen(figures);
  }

  evaluating(done: number): void {
    if (this.#output.isTTY) this.#bar(done, 'evaluating');
  }

  evaluated(evaluation: EvaluationRecord, seconds: number): void {
    this.note(`Step ${evaluation.step}: ${scoresLine(evaluation)} (${seconds.toFixed(1)} s)`);
  }

  /** A line that stays. */
  note(sentence: string): void {
    this.#output.write(`${this.#clear}${sentence}\n`);
  }

  #bar(done: number, figures: string): void {
    const now = performance.now();
    if (now - this.#barAt < barEveryMs) return;
    this.#barAt = now;
    const filled = Math.round(barLength * Math.min(1, done));
    const bar = '█'.repeat(filled) + '░'.repeat(barLength - filled);
    const line = `${bar} ${figures}`.slice(0, (this.#output.columns || 80) - 1);
    this.#output.write(`${this.#clear}${line}`);
  }

  #lineNowAndThen(figures: string): void {
    const now = performance.now();
    if (now - this.#lineAt < lineEveryMs) return;
    this.#lineAt = now;
    this.note(figures);
  }

  /** Takes the bar away. */
  get #clear(): string {
    return this.#output.isTTY ? '\r\u001b[K' : '';
  }
}

/** Seconds as 0:07, 12:30 or 1:02:03. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] > 0 ? parts : parts.slice(1);
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
