import { expect, test } from 'vitest';
import { listed, quoted } from './quoted.ts';

test.each([
  ['codes', '"codes"'],
  ['größe', '"größe"'],
  ['', '""'],
  ['[4, 0]', '"[4, 0]"'],
  ['{"size":8}', '"{"size":8}"'],
  ['a\u001b[2Jb', '"a\\u001b[2Jb"'],
  ['a\u007f\u009bb', '"a\\u007f\\u009bb"'],
  ['line\nbreak\u2028', '"line\\u000abreak\\u2028"'],
  ['\u202eback', '"\\u202eback"'],
  ['\ud800', '"\\ud800"'],
  ['x'.repeat(60), `"${'x'.repeat(60)}"`],
  [`${'x'.repeat(60)}y`, `"${'x'.repeat(50)}…${'x'.repeat(8)}y"`],
])('%j is shown as %s', (text, shown) => {
  expect(quoted(text)).toBe(shown);
});

test('numbers are listed, of many the first', () => {
  expect(listed([])).toBe('[]');
  expect(listed(Int32Array.of(1, -2))).toBe('[1, -2]');
  expect(listed([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBe('[1, 2, 3, 4, 5, 6, 7, 8, …]');
});
