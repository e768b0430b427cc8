import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { groupRuns, settingsKey, spreadOf } from './groups.ts';
import { parseRunRecord } from './runRecord.ts';

const folder = new URL('../../docs/evidence/ten-seeds/', import.meta.url);
const records = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => parseRunRecord(readFileSync(new URL(file, folder), 'utf8'), file));

describe('runs of the same settings', () => {
  test('are one group, whatever their seed', () => {
    const groups = groupRuns(records, (record) => record);
    expect(groups.map(({ runs }) => runs.length)).toEqual([10, 10, 10, 10]);
    for (const { runs } of groups) expect(new Set(runs.map(({ config }) => config.seed)).size).toBe(10);
  });

  test('are another group where a seed was trained again', () => {
    const [first, second] = records;
    const groups = groupRuns([first, second, first], (record) => record);
    expect(groups.map(({ runs }) => runs.map(({ config }) => config.seed))).toEqual([
      [first.config.seed, second.config.seed],
      [first.config.seed],
    ]);
    expect(new Set(groups.map(({ key }) => key)).size).toBe(2);
  });

  test('are not the same once one was moved on the way, or forked', () => {
    const [record] = records;
    const moved = { ...record, changes: [{ step: 5, key: 'gamma', from: 1, to: 2 } as const] };
    const forked = { ...record, parent: { id: 'x', name: 'x', step: 7 } };
    expect(new Set([record, moved, forked].map(settingsKey)).size).toBe(3);
    expect(settingsKey({ ...record, config: { ...record.config, seed: 9 } })).toBe(settingsKey(record));
  });

  test('do not differ by a setting that they do not use', () => {
    const betaVae = records.find(({ config }) => config.objective === 'betaVae');
    if (!betaVae) throw new Error('The comparison has no beta-VAE.');
    const other = { ...betaVae, config: { ...betaVae.config, gamma: 99 } };
    expect(settingsKey(other)).toBe(settingsKey(betaVae));
  });
});

test('a spread is of what is there', () => {
  expect(spreadOf([3, null, 1, 2])).toEqual({ mean: 2, low: 1, high: 3 });
  expect(spreadOf([null])).toBeNull();
});
