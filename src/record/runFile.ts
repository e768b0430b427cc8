import { z } from 'zod';
import { AppError, type ErrorReport, reportOf } from '../errors.ts';
import { type Part, part } from '../report.ts';
import { recordBounds } from './bounds.ts';
import { parseJson, type RunRecord, readRunRecord, versionError } from './runRecord.ts';

/** Several records as one JSON document: how runs are carried from one browser to another. */
export const runsFormat = 'factorvae-playground/runs';
export const runsVersion = 1;

const headerSchema = z.object({ format: z.literal(runsFormat), version: z.number() });
const runsSchema = z.object({ runs: z.array(z.unknown()).max(recordBounds.runs) });

export interface RunsRead {
  readonly records: readonly RunRecord[];
  /** What is wrong with each record that could not be read. */
  readonly problems: readonly ErrorReport[];
}

/** The text of a file of runs, which `parseRuns` reads back. */
export function runsJson(records: readonly RunRecord[]): string {
  return `${JSON.stringify({ format: runsFormat, version: runsVersion, runs: records })}\n`;
}

/**
 * Reads a file of runs, or a record by itself (the run.json of the command line). Never throws: what is wrong is
 * told of `source`, the file's name.
 */
export function parseRuns(text: string, source: string): RunsRead {
  const records: RunRecord[] = [];
  const problems: ErrorReport[] = [];
  const attempt = (task: () => void) => {
    try {
      task();
    } catch (thrown) {
      problems.push(reportOf(thrown));
    }
  };
  attempt(() => {
    const json = parseJson(text, source);
    const runs = severalRuns(json, source);
    if (runs === null) records.push(readRunRecord(json, source));
    for (const [i, run] of (runs ?? []).entries())
      attempt(() => records.push(readRunRecord(run, nameOf(source, run, i))));
  });
  return { records, problems };
}

/** What a file of runs holds; null for another kind of file. */
function severalRuns(json: unknown, source: string): readonly unknown[] | null {
  const header = headerSchema.safeParse(json);
  if (!header.success) return null;
  if (header.data.version !== runsVersion) throw versionError(source, header.data.version, runsVersion);
  const runs = runsSchema.safeParse(json);
  if (runs.success) return runs.data.runs;
  throw new AppError('RunRecordError.runs', { source, most: recordBounds.runs });
}

/** A run of a file of several, for a sentence: its place, and its name where it has one. */
function nameOf(source: string, run: unknown, index: number): Part {
  const name = recordName(run);
  const place = index + 1;
  return name === null
    ? part('source.oneOfSeveral', { source, place })
    : part('source.namedOneOfSeveral', { source, place, name });
}

/** The name of what may be a record, short enough for a sentence; null for none. */
export function recordName(value: unknown): string | null {
  const named = z.object({ name: z.string().min(1) }).safeParse(value);
  if (!named.success) return null;
  const { name } = named.data;
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

/**
 * What tells a run from all others: its id, else when it began and with which settings. Its name and length may
 * change, so the same run is known again when it was trained further.
 */
export function runKey({ id, startedAt, config }: RunRecord): string {
  return id ?? `${startedAt} ${JSON.stringify(config)}`;
}
