import { meanUpTo } from '../src/record/results.ts';
import type { RunRecord } from '../src/record/runRecord.ts';

/** A table in Markdown. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean of a curve over a run's last steps; NaN for a curve that the run does not have. */
export function lastOf({ history, steps }: RunRecord, column: string): number {
  return meanUpTo(history[column], steps) ?? Number.NaN;
}
