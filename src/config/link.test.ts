import { describe, expect, test } from 'vitest';
import { word } from '../locale/word.ts';
import { linkParameters } from './link.ts';
import { presets } from './presets.ts';
import type { UrlIssue } from './queryReader.ts';
import type { RunConfig } from './schema.ts';
import { parseRunUrl } from './url.ts';

const inWords = ({ why, ...issue }: UrlIssue) => ({ ...issue, ...(why && { why: word(why) }) });

describe('damaged links', () => {
  const shared: Partial<RunConfig> = { gamma: 40, seed: 3 };
  test.each<[string, Partial<RunConfig>]>([
    // Escaped parameters.
    ['?preset=tiny&amp;gamma=40&amp;seed=3', shared],
    ['?preset=tiny&amp;amp;gamma=40&amp;amp;seed=3', shared],
    ['?preset=tiny%26gamma%3D40%26seed%3D3', shared],
    ['?preset%3Dtiny%26gamma%3D40%26seed%3D3', shared],
    ['?preset=tiny%26amp%3Bgamma=40&seed=3', shared],
    // What stood around the link.
    ...[
      ')',
      ']',
      '.',
      ',',
      ';',
      '>',
      '"',
      "'",
      '”',
      '’',
      '»',
      '`',
      '%29',
      '%3E',
      '&quot;',
      '&gt;',
      ').',
      '**',
    ].map((end): [string, Partial<RunConfig>] => [`?preset=tiny&gamma=40&seed=3${end}`, shared]),
    ['?preset=“tiny”&gamma="40"&seed=(3)', shared],
    ['?preset=tiny)', {}],
    // What cannot be seen.
    ['?preset=tiny&gamma=40&seed=3%E2%80%8B', shared],
    ['?preset=tiny&%E2%80%8Bgamma=40&seed=3%E2%81%A0%EF%BB%BF', shared],
    ['?preset=ti%C2%ADny&gamma=4%E2%80%8D0&seed=3%0D%0A', shared],
    // Markdown's escapes, and those made twice.
    ['?preset=tiny&convWidths=8%5C_8', { convWidths: [8, 8] }],
    ['?preset=tiny&convWidths=8\\_8', { convWidths: [8, 8] }],
    ['?preset=tiny&convWidths=8%255C_8', { convWidths: [8, 8] }],
    ['?preset=tiny&learningRate=1e\\-4', { learningRate: 1e-4 }],
    ['?preset=tiny&adamBetas=0\\.8%5C_0.99', { adamBetas: [0.8, 0.99] }],
    // Other ways to write a value.
    ['?preset=tiny&gamma=%EF%BC%94%EF%BC%90&seed=%D9%A3', shared],
    ['?preset=tiny&learningRate=1e%E2%88%924', { learningRate: 1e-4 }],
    ['?preset=tiny&seed=1e+3', { seed: 1000 }],
    ['?preset=tiny&annealingSteps=4+000&seed=1_000', { annealingSteps: 4000, seed: 1000 }],
    ['?preset=tiny&convWidths=8,+8&adamBetas=0.8,0.99', { convWidths: [8, 8], adamBetas: [0.8, 0.99] }],
    ['?Preset=Tiny&GAMMA=40&SEED=3', shared],
    ['?preset=tiny&learning-rate=1e-4&objective=beta-vae', { learningRate: 1e-4, objective: 'betaVae' }],
    ['?preset=tiny&convwidths=8_8&learning_rate=1e-4', { convWidths: [8, 8], learningRate: 1e-4 }],
    // Trackers.
    ['?preset=tiny&utm_source=x&fbclid=y', {}],
    ['?gclid=1&preset=tiny&mc_eid=a&gamma=40&igshid=b&msclkid=c&seed=3&ref=d', shared],
    ['?preset=tiny&UTM_Campaign=gamma&amp;utm_medium=x&utm\\_term=y&seed=3', { seed: 3 }],
    ['?preset=tiny&ref=https%3A%2F%2Fexample.org%2F%3Fa%3D1%26gamma%3D99', {}],
    // The same twice is no contradiction.
    ['?preset=tiny&gamma=40&seed=3&gamma=40', shared],
    ['?preset=tiny&&gamma=40&seed=3&', shared],
  ])('%s is read as it was meant', (search, changes) => {
    const { preset, config, issues } = parseRunUrl(search, 'quick');
    expect(preset).toBe('tiny');
    expect(config).toEqual({ ...presets.tiny, ...changes });
    expect(issues).toEqual([]);
  });

  test.each<[string, Partial<RunConfig>, object]>([
    [
      'gamma=10&gamma=50',
      { gamma: 10 },
      { field: 'gamma', given: '10, 50', used: '10', why: 'given 2 times' },
    ],
    [
      'seed=7&seed=8&Seed=7',
      { seed: 7 },
      { field: 'seed', given: '7, 8, 7', used: '7', why: 'given 3 times' },
    ],
    ['gamma=900&gamma=1', { gamma: 200 }, { field: 'gamma', used: '200', why: 'given 2 times' }],
    ['seed=12...', {}, { field: 'seed', given: '12...', used: '0' }],
    ['seed=12…', {}, { field: 'seed', given: '12…', used: '0' }],
    ['seed=%', {}, { field: 'seed', given: '%', used: '0' }],
    [
      'gamma=2,5',
      {},
      { field: 'gamma', given: '2,5', used: '10', why: 'could mean 2.5 or the list 2 and 5' },
    ],
    ['source=utm_x', {}, { field: 'source', given: 'utm_x', used: 'ignored' }],
    ['reference=1', {}, { field: 'reference', given: '1', used: 'ignored' }],
    ['colour=red&colour=blue', {}, { field: 'colour', given: 'red', used: 'ignored' }],
    ['__proto__=1', {}, { field: '__proto__', used: 'ignored' }],
  ])('%s: what could not be used as given is named once', (query, changes, issue) => {
    const { config, issues } = parseRunUrl(`?preset=tiny&${query}`, 'quick');
    expect(config).toEqual({ ...presets.tiny, ...changes });
    expect(issues.map(inWords)).toMatchObject([issue]);
  });

  test('very long ones come to an end', () => {
    const long = 1_000_000;
    for (const text of [
      '1'.repeat(long),
      '+'.repeat(long),
      ')'.repeat(long),
      '%5C'.repeat(long / 3),
      'amp;'.repeat(5000),
    ])
      expect(parseRunUrl(`?preset=tiny&gamma=${text}x`, 'tiny').config).toEqual(presets.tiny);
    const many = Array.from({ length: 100_000 }, (_, i) => `a${i}=1`).join('&');
    expect(parseRunUrl(`?preset=tiny&${many}`, 'tiny').issues).toHaveLength(100_000);
    expect(linkParameters(`?${'amp;'.repeat(5000)}gamma=4`, ['gamma'])).toEqual([['gamma', '4']]);
  });
});
