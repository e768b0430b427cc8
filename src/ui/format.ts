import { groupedDigits as grouped } from '../locale/groupedDigits.ts';

const minus = '\u2212';
/** Stands where a number would, when there is none. */
export const absent = '\u2013';

const withMinus = (text: string) => text.replace('-', minus);

/** A count with thin spaces: 12 480. */
export function formatCount(count: number): string {
  return withMinus(grouped(Math.round(count).toFixed(0)));
}

/** A quantity with about three digits and at most `decimals` decimals: 0.04, 10.4, 709. */
export function formatQuantity(value: number, decimals = 2): string {
  if (!Number.isFinite(value)) return absent;
  const size = Math.abs(value);
  if (size >= 1e6) return withMinus(value.toExponential(1).replace('e+', 'e'));
  const shown = size >= 100 ? 0 : size >= 10 ? Math.min(1, decimals) : decimals;
  const text = value.toFixed(shown);
  const [whole, fraction] = (Number(text) === 0 ? text.replace('-', '') : text).split('.');
  return withMinus(grouped(whole) + (fraction === undefined ? '' : `.${fraction}`));
}

export { formatSetting } from '../settings/numbers/formatSetting.ts';

/**
 * A value that a person reads off a chart: as `formatQuantity`, but one that it would round to 0 keeps two digits.
 */
export function formatReading(value: number, decimals = 2): string {
  const rounded = Math.abs(value) < 0.5 * 10 ** -decimals;
  return value !== 0 && rounded ? formatTick(Number(value.toPrecision(2))) : formatQuantity(value, decimals);
}

/** A tick of an axis: 20k, 1.5M, 5 000, 0.05, 1e-7. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  const tick = Number(value.toPrecision(6));
  if (size >= 1e9 || (size > 0 && size < 1e-4)) return exponential(tick);
  if (size >= 1e6) return withMinus(`${tick / 1e6}M`);
  if (size >= 1e4) return withMinus(`${tick / 1e3}k`);
  const [whole, fraction] = String(tick).split('.');
  return withMinus(grouped(whole) + (fraction === undefined ? '' : `.${fraction}`));
}

const exponential = (value: number) => value.toExponential().replace('e+', 'e').replaceAll('-', minus);

/** Seconds as 0:07, 12:40 or 1:02:03. */
export function formatElapsed(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** About how long, for a person to plan by: under a minute, about 12 min, about 3 h. */
export function formatDuration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 60) return 'under a minute';
  return minutes < 100 ? `about ${minutes} min` : `about ${Math.round(minutes / 60)} h`;
}

/** Steps a second, with the digits that mean something. */
export function formatRate(stepsPerSecond: number): string {
  if (!Number.isFinite(stepsPerSecond) || stepsPerSecond <= 0) return absent;
  if (stepsPerSecond >= 10) return formatCount(stepsPerSecond);
  return stepsPerSecond.toFixed(stepsPerSecond >= 1 ? 1 : 2);
}

const lists = new Map<string, Intl.ListFormat>();

/** Items inside a sentence: "a, b and c". */
export function formatList(items: readonly string[], last: 'and' | 'or' = 'and'): string {
  const type = last === 'and' ? 'conjunction' : 'disjunction';
  // Made once it is asked for: that takes some milliseconds. British English has no comma before the last item.
  const format = lists.get(type) ?? new Intl.ListFormat('en-GB', { type });
  lists.set(type, format);
  return format.format(items);
}
