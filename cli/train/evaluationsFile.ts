import { type EvaluationRecord, evaluationRecordSchema } from '../../src/record/evaluationRecord.ts';
import { type Part, part } from '../../src/report.ts';
import { DamagedFileError } from './failures.ts';
import { appendFile, replaceFile } from './files.ts';
import { type KeptLines, readJsonLines } from './jsonLines.ts';

/** evaluations.jsonl: a line of JSON for every evaluation, in the order of their steps. */
export async function appendEvaluation(path: string, evaluation: EvaluationRecord): Promise<void> {
  await appendFile(path, lineOf(evaluation));
}

export async function replaceEvaluations(path: string, all: readonly EvaluationRecord[]): Promise<void> {
  await replaceFile(path, all.map(lineOf).join(''));
}

export interface ReadEvaluations {
  readonly kept: KeptLines;
  readonly evaluations: readonly EvaluationRecord[];
}

/**
 * The evaluations up to a step, and where they end. Only a last line without its end may be unreadable: it was not
 * finished. Changes nothing.
 * @throws DamagedFileError EvaluationsDamagedError
 */
export async function readEvaluations(path: string, lastStep: number): Promise<ReadEvaluations> {
  const evaluations: EvaluationRecord[] = [];
  let kept: KeptLines = { path, bytes: 0, open: false };
  for await (const { number, value, end, finished } of readJsonLines(path)) {
    const parsed = evaluationRecordSchema.safeParse(value);
    if (!parsed.success && !finished) break;
    if (!parsed.success) throw damaged(path, part('line.unreadable', { line: number }));
    const { step } = parsed.data;
    if (step > lastStep) break;
    const before = evaluations.at(-1)?.step ?? -1;
    if (step <= before) throw damaged(path, part('line.notLater', { line: number, step, before }));
    evaluations.push(parsed.data);
    kept = { path, bytes: end, open: !finished };
  }
  return { kept, evaluations };
}

function lineOf(evaluation: EvaluationRecord): string {
  return `${JSON.stringify(evaluation)}\n`;
}

function damaged(path: string, problem: Part): DamagedFileError {
  return new DamagedFileError('EvaluationsDamagedError', { path, problem });
}
