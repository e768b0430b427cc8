import { word } from '../../locale/word.ts';
import type { ImportResult } from '../runs/shelf.ts';

const runs = (count: number) => `${count} ${count === 1 ? 'run' : 'runs'}`;

/** More sentences of the same kind tell a person nothing new. */
const mostProblems = 5;

/** What came of an import, in a sentence or a few. */
export function importSummary({ added, updated, known, problems }: ImportResult): string {
  const more = problems.length - mostProblems;
  const parts = [
    added > 0 && `${runs(added)} imported.`,
    updated > 0 && `${runs(updated)} brought up to date.`,
    known > 0 && `${runs(known)} already here.`,
    ...problems.slice(0, mostProblems).map(word),
    more > 0 && `${more} more could not be read.`,
  ].filter((part) => part !== false);
  return parts.length === 0
    ? 'There was no run.json and no exported file of runs in what was given.'
    : parts.join(' ');
}
