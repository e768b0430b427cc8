import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { TileStore } from './tileStore.ts';

const measured = new Map([
  ['dense 64 x 1000 x 1000', { tile: '32 x 32, 8 x 4 a thread, in 8 parts', ms: 0.03 }],
]);
const day = 24 * 3600 * 1000;

test('tiles are remembered for the adapter and the browser that they were measured with, for a month', async () => {
  let now = 1e12;
  const store = (browser: string) => new TileStore(browser, 'kept', () => now);
  expect(await store('A 1').read('card')).toEqual(new Map());
  await store('A 1').write('card', measured);
  expect(await store('A 1').read('card')).toEqual(measured);
  expect(await store('A 2').read('card')).toEqual(new Map());
  expect(await store('A 1').read('card, new driver')).toEqual(new Map());
  now += 29 * day;
  expect(await store('A 1').read('card')).toEqual(measured);
  now += 2 * day;
  expect(await store('A 1').read('card')).toEqual(new Map());
});

test('what is damaged, or of another release, is measured anew', async () => {
  await new TileStore('A', 'damaged').write('card', measured);
  const db = await openDB('damaged', 1);
  await db.put('tiles', { adapter: 'A card', savedAt: Date.now(), tiles: [['x', { tile: 3 }]] }, 'last');
  db.close();
  expect(await new TileStore('A', 'damaged').read('card')).toEqual(new Map());
});

test('a store that cannot be opened is no failure', async () => {
  const newer = await openDB('newer', 7);
  newer.close();
  const store = new TileStore('A', 'newer');
  await store.write('card', measured);
  expect(await store.read('card')).toEqual(new Map());
});
