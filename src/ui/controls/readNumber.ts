import type { Range } from '../../config/schema.ts';
import { formatSetting } from '../format.ts';

export type NumberReading =
  | { readonly kind: 'ok'; readonly value: number }
  /** The nearest valid value was taken instead; `note` says so. */
  | { readonly kind: 'repaired'; readonly value: number; readonly note: string }
  | { readonly kind: 'unreadable'; readonly note: string };

/** What a person typed, as a number within the range. A comma may stand for the decimal point. */
export function readNumber(text: string, range: Range, whole = false): NumberReading {
  const trimmed = text.trim().replace(',', '.');
  const given = trimmed === '' ? Number.NaN : Number(trimmed);
  if (!Number.isFinite(given)) return { kind: 'unreadable', note: 'Not a number' };
  const nearest = Math.min(range.max, Math.max(range.min, whole ? Math.round(given) : given));
  if (nearest === given) return { kind: 'ok', value: given };
  const reason =
    given < range.min || given > range.max
      ? `${formatSetting(range.min)} to ${formatSetting(range.max)}`
      : 'Whole numbers';
  return { kind: 'repaired', value: nearest, note: `${reason}: took ${formatSetting(nearest)}` };
}

/** The next value of the ladder 1, 2, 5, 10, ... above or below, with 0 at its foot. */
export function ladderStep(value: number, direction: 1 | -1): number {
  if (value <= 0) return direction > 0 ? 1e-6 : 0;
  const power = Math.floor(Math.log10(value) + 1e-9);
  const rungs = [-1, 0, 1].flatMap((p) =>
    [1, 2, 5].map((m) => Number((m * 10 ** (power + p)).toPrecision(1))),
  );
  const next =
    direction > 0
      ? rungs.find((rung) => rung > value * (1 + 1e-9))
      : rungs.findLast((rung) => rung < value * (1 - 1e-9));
  return next === undefined || next < 1e-6 ? 0 : next;
}
