import { describe, expect, test } from 'vitest';
import { errorReport } from '../../report.ts';
import { assignPlaces, styleOf } from './comparedRuns.ts';
import { importSummary } from './importSummary.ts';
import { placeLabels } from './scatter.ts';

describe('colours of runs', () => {
  test('a run keeps its place when others come and go', () => {
    const first = assignPlaces(new Map(), ['a', 'b', 'c']);
    expect([...first]).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]);
    const second = assignPlaces(first, ['c', 'new', 'a', 'newer']);
    expect(second.get('a')).toBe(0);
    expect(second.get('c')).toBe(2);
    expect(second.get('new')).toBe(1);
    expect(second.get('newer')).toBe(3);
  });

  test('beyond what colour can tell lines are dashed, each round otherwise', () => {
    expect(styleOf(3)).toMatchObject({ dash: '' });
    expect(styleOf(8)).toMatchObject({ dash: expect.stringMatching(/\d/) });
    expect(styleOf(13)).toMatchObject({ colour: styleOf(3).colour, dash: expect.stringMatching(/\d/) });
    const styles = Array.from({ length: 30 }, (_, place) => Object.values(styleOf(place)).join());
    expect(new Set(styles).size).toBe(30);
  });
});

describe('labels of the scatter', () => {
  test('stand at the right, and at the left where the plot ends', () => {
    const [middle, edge] = placeLabels(
      [
        { x: 50, y: 50, label: 'γ 20' },
        { x: 195, y: 90, label: 'γ 20' },
      ],
      200,
    );
    expect(middle?.x).toBeGreaterThan(50);
    expect(edge?.x).toBeLessThan(195 - 20);
  });

  test('give way to each other, and are left out where there is no room', () => {
    const crowd = Array.from({ length: 8 }, (_, i) => ({ x: 60 + i, y: 50, label: 'γ 20' }));
    const places = placeLabels(crowd, 200);
    expect(places.some((place) => place === null)).toBe(true);
    const shown = places.flatMap((place) => (place ? [`${Math.round(place.x)} ${place.y}`] : []));
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown.length).toBeGreaterThan(1);
  });

  test('are not cut by the upper edge', () => {
    const row = [60, 80, 100].map((x) => ({ x, y: 8, label: 'γ 20' }));
    const [, between] = placeLabels(row, 200);
    expect(between?.y).toBeGreaterThan(8);
  });
});

test('an import is told in a sentence', () => {
  const empty = (source: string) => errorReport('RunRecordError.empty', { source });
  const none = { added: 0, updated: 0, known: 0, problems: [], keys: [] };
  expect(importSummary(none)).toContain('no run.json');
  expect(importSummary({ ...none, added: 2, known: 1, problems: [empty('a.json')] })).toBe(
    '2 runs imported. 1 run already here. a.json is empty.',
  );
  const many = Array.from({ length: 40 }, (_, i) => empty(`${i}.json`));
  expect(importSummary({ ...none, problems: many })).toMatch(/^0\.json.* 4\.json is empty\. 35 more/);
});
