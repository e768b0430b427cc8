import { expect, test } from 'vitest';
import { parseRunUrl } from '../config/url.ts';
import { issueTexts } from './urlIssues.ts';

const texts = (query: string, view: string | null = null) => {
  const { shown, more } = issueTexts(parseRunUrl(`?preset=tiny&${query}`, 'tiny').issues, view);
  return [...shown.map(({ name, text }) => `${name} ${text}`), ...(more > 0 ? [more] : [])];
};

test.each<[string, (string | number)[]]>([
  ['seed=3', []],
  ['foo=1&latents=9999', ['latents 9999 → 32', 'foo was ignored']],
  ['gamma=2,5', ['gamma 2,5 → 10 (could mean 2.5 or the list 2 and 5)']],
  ['backend=wasm', ['backend wasm → tfjs-wasm (its name now)']],
  ['gamma=10&gamma=50', ['gamma 10, 50 → 10 (given 2 times)']],
  ['seed=', ['seed → 0 (is empty)']],
  [`seed=${'9'.repeat(2000)}`, [`seed ${'9'.repeat(40)}… → 0 (is too large to calculate with)`]],
  [`${'x'.repeat(500)}=1`, [`${'x'.repeat(40)}… was ignored`]],
  [
    Array.from({ length: 1000 }, (_, i) => `a${i}=1`).join('&'),
    [...Array.from({ length: 8 }, (_, i) => `a${i} was ignored`), 992],
  ],
])('%.40s is told in short', (query, expected) => {
  expect(texts(query)).toEqual(expected);
});

test('a view that is none is told too', () => {
  expect(texts('seed=3', 'foo')).toEqual(['#foo is no view of this page, so Train is shown']);
});
