import { z } from 'zod';
import { reportOf } from '../errors.ts';
import { parseJson, type RunRecord, readRunRecord } from './runRecord.ts';

/** Several records as one JSON document: how runs are carried from one browser to another. */
export const runsFormat = 'factorvae-playground/runs';
export const runsVersion = 1;

const runsSchema = z.object({
  format: z.literal(runsFormat),
  version: z.literal(runsVersion),
  runs: z.array(z.unknown()),
});

export interface RunsRead {
  readonly records: readonly RunRecord[];
  /** A sentence for each record that could not be read. */
  readonly problems: readonly string[];
}

/** The text of a file of runs, which `parseRuns` reads back. */
export function runsJson(records: readonly RunRecord[]): string {
  return `${JSON.stringify({ format: runsFormat, version: runsVersion, runs: records })}\n`;
}

/** Reads a file of runs, or a record by itself (the run.json of the command line). Never throws. */
export function parseRuns(text: string): RunsRead {
  const records: RunRecord[] = [];
  const problems: string[] = [];
  try {
    const json = parseJson(text);
    const several = runsSchema.safeParse(json);
    for (const value of several.success ? several.data.runs : [json]) {
      try {
        records.push(readRunRecord(value));
      } catch (thrown) {
        problems.push(reportOf(thrown).message);
      }
    }
  } catch (thrown) {
    problems.push(reportOf(thrown).message);
  }
  return { records, problems };
}

/**
 * What tells a run from all others: its id, else when it began and with which settings. Its name and length may change,
 * so the same run is known again when it was trained further.
 */
export function runKey({ id, startedAt, config }: RunRecord): string {
  return id ?? `${startedAt} ${JSON.stringify(config)}`;
}
