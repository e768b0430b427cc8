const longest = 60;

/** A text of a file for a sentence: in quotes, its control characters escaped, its middle left out where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > longest ? `${text.slice(0, longest - 10)}…${text.slice(-9)}` : text);
}

/** A list of numbers for a sentence, with the first few of many. */
export function listed(numbers: ArrayLike<number>): string {
  const few = Array.from({ length: Math.min(8, numbers.length) }, (_, i) => numbers[i]).join(', ');
  return numbers.length > 8 ? `[${few}, …]` : `[${few}]`;
}
