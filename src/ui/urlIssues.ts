import type { UrlIssue } from '../config/queryReader.ts';
import { word } from '../locale/word.ts';
import { shortened } from '../settings/numbers/characters.ts';

/** What happened to a part of the link, to stand after its name: "9999 → 32", "was ignored". */
export interface IssueText {
  /** Tells it from the others. */
  readonly key: string;
  readonly name: string;
  readonly text: string;
}

/** A banner is read in a moment; a link with a thousand strange names needs no more than the first. */
const mostShown = 8;

/** The parts of a link that could not be used as they were: corrected ones first, and how many more there are. */
export function issueTexts(
  issues: readonly UrlIssue[],
  unknownView: string | null,
): { readonly shown: readonly IssueText[]; readonly more: number } {
  const view = unknownView === null ? [] : [viewText(unknownView)];
  const corrected = issues.filter(({ used }) => used !== 'ignored');
  const ignored = issues.filter(({ used }) => used === 'ignored');
  const shown = [...corrected, ...ignored].slice(0, mostShown).map(textOf);
  return { shown: [...shown, ...view], more: issues.length - shown.length };
}

function textOf({ field, given, used, why }: UrlIssue): IssueText {
  const [key, name] = [`${field} ${given}`, shortened(field)];
  if (used === 'ignored') return { key, name, text: 'was ignored' };
  const change = `${given === '' ? '' : `${shortened(given)} `}→ ${used}`;
  return { key, name, text: why ? `${change} (${word(why)})` : change };
}

function viewText(unknown: string): IssueText {
  const name = `#${shortened(unknown)}`;
  return { key: name, name, text: 'is no view of this page, so Train is shown' };
}
