/**
 * What a person, a keyboard or a word processor writes, in the characters of the grammar (docs/numbers.md): digits
 * of every script, full-width forms, dashes that stand for a minus, spaces of every width; what cannot be seen is
 * left out.
 */

/** Zero-width characters, direction marks, soft hyphens, byte order marks. */
const invisible = /\p{Cf}/u;
const digit = /\p{Nd}/u;
const space = /\p{Zs}/u;

const fullWidth = { first: 0xff01, last: 0xff5e, offset: 0xfee0 } as const;

/** Characters that mean the same as one of ASCII. Superscripts are none of these: 10² is not 102. */
const alike: Readonly<Record<string, string>> = {
  // Minus signs, and the dashes and hyphens that word processors put in their place.
  '\u2212': '-',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2015': '-',
  '\ufe63': '-',
  // Arabic: decimal separator, thousands separator, comma, semicolon. An apostrophe parts thousands in
  // Switzerland.
  '\u066b': '.',
  '\u066c': "'",
  '\u060c': ',',
  '\u061b': ';',
  '\u2019': "'",
  '\u3001': ',',
};

/** The text in plain characters; one pass, whatever it holds. */
export function plainCharacters(text: string): string {
  let plain = '';
  for (const character of text) plain += character <= '~' ? character : plainCharacter(character);
  return plain;
}

function plainCharacter(character: string): string {
  if (Object.hasOwn(alike, character)) return alike[character];
  const code = character.codePointAt(0) ?? 0;
  if (code >= fullWidth.first && code <= fullWidth.last) return String.fromCodePoint(code - fullWidth.offset);
  if (digit.test(character)) return String(digitValue(code));
  if (space.test(character)) return ' ';
  return invisible.test(character) ? '' : character;
}

/**
 * Unicode keeps the ten digits of a script in a row, from 0 on, and where rows touch (the mathematical digits, at
 * most five rows) they follow each other: so a digit's value is its distance from the first of its rows, modulo
 * ten.
 */
function digitValue(code: number): number {
  let first = code;
  while (digit.test(String.fromCodePoint(first - 1))) first--;
  return (code - first) % 10;
}

/** A text in quotes for a sentence, cut where it would fill the page. */
export function quoted(text: string): string {
  return `“${shortened(text)}”`;
}

const shownLength = 40;

export function shortened(text: string): string {
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
