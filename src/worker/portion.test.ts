import { expect, test } from 'vitest';
import type { EngineInfo } from '../config/engines.ts';
import { portionFor } from './portion.ts';

const on = (engine: EngineInfo['engine'], software: boolean): EngineInfo => ({
  engine,
  adapter: 'a test',
  software,
});

test.each([
  ['a GPU', on('webgpu', false), 1024],
  ['a software driver', on('webgpu', true), 256],
  ['WebGL on a GPU', on('tfjs-webgl', false), 1024],
])('%s encodes a fixed number at once, however long it takes', (_, runsOn, images) => {
  const portion = portionFor(runsOn);
  portion.took?.(images, 10_000);
  expect(portion.images).toBe(images);
});

test.each([
  ['few until it is known', [], 16],
  ['at most double of what was tried', [[16, 1]], 32],
  ['as many as take 40 ms', [[16, 20]], 32],
  ['no fewer than 16', [[16, 5000]], 16],
  ['fewer where it got slower', [[512, 160]], 128],
  ['no more than a GPU', [[1024, 1]], 1024],
  ['what takes no time at all', [[700, 0]], 1024],
])('a processor encodes %s', (_, taken, images) => {
  for (const runsOn of [on('tfjs-wasm', true), on('tfjs-cpu', true)]) {
    const portion = portionFor(runsOn);
    for (const [count, ms] of taken) portion.took?.(count, ms);
    expect(portion.images).toBe(images);
  }
});
