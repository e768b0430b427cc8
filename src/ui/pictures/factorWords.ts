import type { Factor } from '../../data/dataset.ts';
import { word } from '../../locale/word.ts';
import { absent } from '../format.ts';

export function factorLabel({ label }: Factor): string {
  return word(label);
}

/** A factor's name inside a sentence. */
export function factorInSentence(factor: Factor): string {
  const label = factorLabel(factor);
  return label.charAt(0).toLowerCase() + label.slice(1);
}

/**
 * A factor's value as a person reads it; a picture of the run before may have one that this run's factor has not.
 */
export function factorValueText({ values }: Factor, value: number): string {
  const known = values.at(value);
  return known ? word(known) : absent;
}
