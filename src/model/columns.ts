import type { Part } from '../report.ts';

/**
 * A row of metrics is one step's numbers as float32, the same from every engine, so that rows travel from GPU to chart as
 * one array. A family says which they are.
 */
export interface Column {
  /** What files and records keep it by. */
  readonly name: string;
  /** Whether a run measures it: NaN throughout where not. */
  readonly measured: boolean;
  /** What a person is told of a run that ended because this was not finite; null for what is no loss. */
  readonly loss: Part | null;
}

export function columnNames(columns: readonly Column[]): string[] {
  return columns.map(({ name }) => name);
}

/** Rows of metrics of consecutive steps. Row i belongs to step `firstStep + i`, counted from 1. */
export interface MetricsBatch {
  readonly firstStep: number;
  /** [rows, columns]. */
  readonly rows: Float32Array<ArrayBuffer>;
}
