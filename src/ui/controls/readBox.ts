import type { Range } from '../../config/schema.ts';
import { word } from '../../locale/word.ts';
import { readNumber } from '../../settings/numbers/readNumber.ts';
import { formatSetting } from '../format.ts';

export type BoxReading =
  | { readonly kind: 'ok'; readonly value: number }
  /** The nearest valid value was taken instead; `note` says so. */
  | { readonly kind: 'repaired'; readonly value: number; readonly note: string }
  /** Nothing was taken; `note` says what to write. */
  | { readonly kind: 'refused'; readonly note: string };

/** What a person typed in a box, as a number within the range. */
export function readBox(text: string, range: Range): BoxReading {
  const reading = readNumber(text, 'real');
  if (reading.kind === 'refused') return { kind: 'refused', note: word(reading.message) };
  const nearest = Math.min(range.max, Math.max(range.min, reading.value));
  if (nearest === reading.value) return { kind: 'ok', value: nearest };
  const allowed = `Allowed: ${formatSetting(range.min)} to ${formatSetting(range.max)}`;
  return { kind: 'repaired', value: nearest, note: `${allowed}. Set to ${formatSetting(nearest)}.` };
}
