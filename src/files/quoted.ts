const longest = 60;

/** Characters that a terminal or a page would act upon instead of showing them, and halves of characters. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** A text of a file for a sentence: in quotes, what cannot be seen as its number, the middle left out where it is long. */
export function quoted(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest - 10)}…${text.slice(-9)}` : text;
  const shown = short.replace(
    unseen,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${shown}"`;
}

/** A list of numbers for a sentence, with the first few of many. */
export function listed(numbers: ArrayLike<number>): string {
  const few = Array.from({ length: Math.min(8, numbers.length) }, (_, i) => numbers[i]).join(', ');
  return numbers.length > 8 ? `[${few}, …]` : `[${few}]`;
}
