import { describe, expect, test } from 'vitest';
import {
  absent,
  formatCount,
  formatDuration,
  formatElapsed,
  formatList,
  formatQuantity,
  formatRate,
  formatReading,
  formatSetting,
  formatTick,
} from './format.ts';

describe('numbers as a person reads them', () => {
  test('counts have thin spaces', () => {
    expect(formatCount(0)).toBe('0');
    expect(formatCount(999)).toBe('999');
    expect(formatCount(12_480)).toBe('12\u2009480');
    expect(formatCount(1_234_567)).toBe('1\u2009234\u2009567');
  });

  test('quantities carry about three digits, and a true minus', () => {
    expect(formatQuantity(0.0412)).toBe('0.04');
    expect(formatQuantity(10.44)).toBe('10.4');
    expect(formatQuantity(709.8)).toBe('710');
    expect(formatQuantity(-0.031)).toBe('\u22120.03');
    expect(formatQuantity(-0.001)).toBe('0.00');
    expect(formatQuantity(0.6843, 3)).toBe('0.684');
    expect(formatQuantity(4321)).toBe('4\u2009321');
    expect(formatQuantity(3.2e9)).toBe('3.2e9');
    expect(formatQuantity(Number.NaN)).toBe(absent);
  });

  test('settings read as they are typed', () => {
    expect(formatSetting(5e-4)).toBe('0.0005');
    expect(formatSetting(1e-5)).toBe('1e-5');
    expect(formatSetting(35)).toBe('35');
    expect(formatSetting(0.1 + 0.2)).toBe('0.3');
    expect(formatSetting(0)).toBe('0');
  });

  test('ticks are short', () => {
    expect(formatTick(20_000)).toBe('20k');
    expect(formatTick(5000)).toBe('5\u2009000');
    expect(formatTick(-0.05)).toBe('\u22120.05');
    expect(formatTick(0.7)).toBe('0.7');
    expect([0, 1e-5, -1.5e-7, 0.0002, 1_200_000, 1e21, -3e38, 12_481].map(formatTick)).toEqual(
      ['0', '1e-5', '-1.5e-7', '0.0002', '1.2M', '1e21', '-3e38', '12.481k'].map((text) =>
        text.replaceAll('-', '\u2212'),
      ),
    );
  });

  test('what is read off a chart is not rounded to nothing', () => {
    expect(formatReading(2.127e-5)).toBe('2.1e\u22125');
    expect(formatReading(-1e-7)).toBe('\u22121e\u22127');
    expect(formatReading(0)).toBe('0.00');
    expect(formatReading(0.0412)).toBe('0.04');
    expect(formatReading(0.3, 0)).toBe('0.3');
    expect(formatReading(709.3)).toBe('709');
    expect(formatReading(Number.NaN)).toBe(absent);
  });

  test('time and rate', () => {
    expect(formatElapsed(7.9)).toBe('0:07');
    expect(formatElapsed(760)).toBe('12:40');
    expect(formatElapsed(3723)).toBe('1:02:03');
    expect(formatRate(418.4)).toBe('418');
    expect(formatRate(4.18)).toBe('4.2');
    expect(formatRate(0.418)).toBe('0.42');
    expect(formatRate(0)).toBe(absent);
  });

  test('time to come is told roughly', () => {
    expect([5, 59, 61, 700, 5900, 7200, 90_000].map(formatDuration)).toEqual([
      'under a minute',
      'under a minute',
      'about 1 min',
      'about 12 min',
      'about 98 min',
      'about 2 h',
      'about 25 h',
    ]);
  });
});

test('a list has a word before its last item', () => {
  expect([[], ['x'], ['x', 'y'], ['x', 'y', 'shape']].map((items) => formatList(items))).toEqual([
    '',
    'x',
    'x and y',
    'x, y and shape',
  ]);
  expect(formatList(['x', 'y', 'shape'], 'or')).toBe('x, y or shape');
});
