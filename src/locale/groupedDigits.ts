const thinSpace = '\u2009';

/** The digits of a whole number in groups of three, with thin spaces: 12 480. */
export function groupedDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, thinSpace);
}
