import { type ErrorReport, errorReport } from '../report.ts';
import { quoted } from './quoted.ts';

/** What stands around a token: an object with the names it has had so far, or a list. */
interface Level {
  readonly names: Set<string> | null;
  /** The name whose value is being read. */
  name: string;
}

const wholeNumber = /^(0|[1-9]\d*)$/;
const numberStart = /[-\d]/;
const numberToken = /[-+.\deE]+/y;

/**
 * What `JSON.parse` lets pass although a header may not have it: a name that stands twice in one object (the last would
 * win, silently), a number that is not a plain whole one (-0, 1.0, 1e3), half a character. Null where there is nothing.
 * @param json text that `JSON.parse` takes
 */
export function faultOfHeaderJson(json: string): ErrorReport | null {
  const levels: Level[] = [];
  let text = '';
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case '{':
        levels.push({ names: new Set(), name: '' });
        break;
      case '[':
        levels.push({ names: null, name: '' });
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case '"': {
        const end = endOfString(json, at);
        text = String(JSON.parse(json.slice(at, end + 1)));
        if (/\p{Surrogate}/u.test(text))
          return errorReport('SafetensorsHeaderError.halfCharacter', { text: quoted(text) });
        at = end;
        break;
      }
      case ':': {
        const level = levels[levels.length - 1];
        if (level.names?.has(text)) return twice(quoted(text), levels.at(-2));
        level.names?.add(text);
        level.name = text;
        break;
      }
      default: {
        if (!numberStart.test(json[at])) break;
        numberToken.lastIndex = at;
        const [token] = numberToken.exec(json) ?? [''];
        if (!wholeNumber.test(token))
          return errorReport('SafetensorsHeaderError.number', { path: pathOf(levels), token: quoted(token) });
        at += token.length - 1;
      }
    }
  }
  return null;
}

/** The index of the quote that ends the string which begins at `start`. */
function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); ; end = json.indexOf('"', end + 1)) {
    let before = end;
    while (json[before - 1] === '\\') before--;
    if ((end - before) % 2 === 0) return end;
  }
}

function twice(name: string, outer: Level | undefined): ErrorReport {
  return outer
    ? errorReport('SafetensorsHeaderError.twiceWithin', { name, place: quoted(outer.name) })
    : errorReport('SafetensorsHeaderError.twice', { name });
}

/** Where a value stands, from the inside out: "shape", "weight". */
function pathOf(levels: readonly Level[]): string[] {
  const names = levels.flatMap(({ names, name }) => (names ? [quoted(name)] : []));
  return names.reverse();
}
