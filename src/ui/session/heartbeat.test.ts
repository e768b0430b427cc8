import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Heartbeat } from './heartbeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A Worker that answers each question after so many seconds, or never. */
function beating(delays: readonly (number | 'never')[], trained = true) {
  const told: boolean[] = [];
  let asked = 0;
  const heartbeat = new Heartbeat({
    ask: () => {
      const delay = delays[Math.min(asked++, delays.length - 1)];
      return new Promise<void>((resolve) => {
        if (delay !== 'never') setTimeout(resolve, 1000 * delay);
      });
    },
    trained: () => trained,
    onChange: (answers) => told.push(answers),
  });
  heartbeat.start();
  return { heartbeat, told, asked: () => asked };
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(1000 * count);

describe('a Worker', () => {
  test.each([
    ['answers at once', [0]],
    ['takes some seconds now and then', [0, 3, 0, 4, 1]],
    // Steps of a large network on a slow processor: each is longer than what would be a hang elsewhere.
    ['takes long steps, more and more', [2.5, 8, 20, 60]],
  ])('that %s is not told to hang', async (_, delays) => {
    const { told, asked } = beating(delays);
    await seconds(200);
    expect(told).toEqual([]);
    expect(asked()).toBeGreaterThan(2);
  });

  test('that never answers is told within some seconds, once', async () => {
    const { told } = beating([0, 'never']);
    await seconds(12);
    expect(told).toEqual([false]);
    await seconds(100);
    expect(told).toEqual([false]);
  });

  test('that answers after all is well again', async () => {
    const { told } = beating([0, 15, 0]);
    await seconds(10);
    expect(told).toEqual([false]);
    await seconds(10);
    expect(told).toEqual([false, true]);
  });

  test('that has trained nothing yet may be busy for half a minute', async () => {
    const { told } = beating(['never'], false);
    await seconds(25);
    expect(told).toEqual([]);
    await seconds(10);
    expect(told).toEqual([false]);
  });

  test('a page that slept does not take its sleep for the Worker’s', async () => {
    const { told } = beating([0, 2]);
    await seconds(3);
    vi.setSystemTime(Date.now() + 3_600_000);
    await seconds(3);
    expect(told).toEqual([]);
  });

  test('what an ended Worker owed is not asked of the next', async () => {
    const { heartbeat, told } = beating([0, 'never', 0]);
    await seconds(12);
    heartbeat.start();
    expect(told).toEqual([false, true]);
    await seconds(20);
    expect(told).toEqual([false, true]);
    heartbeat.stop();
  });
});
