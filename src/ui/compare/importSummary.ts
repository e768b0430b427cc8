import type { ImportResult } from '../runs/shelf.ts';

const runs = (count: number) => `${count} ${count === 1 ? 'run' : 'runs'}`;

/** What came of an import, in a sentence or a few. */
export function importSummary({ added, updated, known, problems }: ImportResult, files: number): string {
  if (files === 0) return 'There was no run.json and no exported file of runs in what was given.';
  const parts = [
    added > 0 && `${runs(added)} imported.`,
    updated > 0 && `${runs(updated)} brought up to date.`,
    known > 0 && `${runs(known)} already here.`,
    ...problems,
  ];
  return parts.filter((part) => part !== false).join(' ');
}
