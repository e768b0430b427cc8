import { describe, expect, test } from 'vitest';
import { mendedHash, readView, type View } from './view.ts';

describe('the view that an address names', () => {
  test.each<[string, View]>([
    ['', 'train'],
    ['#', 'train'],
    ['#train', 'train'],
    ['#compare', 'compare'],
    ['#projector', 'projector'],
    ['#side-by-side', 'sideBySide'],
    ['#compare)', 'compare'],
    ['#Compare', 'compare'],
    ['#COMPARE.', 'compare'],
    ['#compare%E2%80%8B', 'compare'],
    ['#compare%29', 'compare'],
    ['#compare?utm_source=x', 'compare'],
    ['#compare&fbclid=y', 'compare'],
    ['#/compare', 'compare'],
    ['#sideBySide', 'sideBySide'],
    ['#side_by_side', 'sideBySide'],
    ['#side\\-by\\-side', 'sideBySide'],
    ['#side%E2%80%91by%E2%80%91side', 'sideBySide'],
    ['#side%20by%20side', 'sideBySide'],
  ])('%s is %s', (hash, view) => {
    expect(readView(hash)).toEqual({ view, unknown: null });
  });

  test.each([
    ['#foo', 'foo'],
    ['#compar', 'compar'],
    ['#compared', 'compared'],
    ['#38;gamma=40', '38;gamma=40'],
    ['#%', '%'],
  ])('%s names none, and Train is shown', (hash, unknown) => {
    expect(readView(hash)).toEqual({ view: 'train', unknown });
    expect(mendedHash(hash)).toBe(hash);
  });

  test('a damaged one is mended in the address', () => {
    expect(['', '#compare', '#Compare)', '#side_by_side'].map(mendedHash)).toEqual([
      '',
      '#compare',
      '#compare',
      '#side-by-side',
    ]);
  });
});
