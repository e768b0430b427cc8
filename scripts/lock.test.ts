import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hasEnded, ownMark } from './alive.mjs';
import { withLock } from './lock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lock-'));
afterAll(() => rmSync(folder, { recursive: true }));
// No process has this number.
const gone = `4194305@${hostname()}`;

describe('withLock', () => {
  test('works one after another, and leaves nothing behind', async () => {
    const path = join(folder, 'turns');
    let inside = 0;
    let waits = 0;
    const results = await Promise.all(
      [1, 2, 3, 4].map((i) =>
        withLock(
          path,
          async () => {
            expect(++inside).toBe(1);
            await new Promise((done) => setTimeout(done, 20));
            inside--;
            return i;
          },
          () => waits++,
        ),
      ),
    );
    expect(results).toEqual([1, 2, 3, 4]);
    expect(waits).toBe(3);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is free again after work that failed', async () => {
    const path = join(folder, 'failed');
    const failing = withLock(path, async () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(path)).toBe(false);
  });

  test.each([
    ['of a process that has ended', gone, 0],
    ['of another machine, not renewed for two minutes', '1@elsewhere', 120],
    ['of a number that another process has now, not renewed for two minutes', ownMark, 120],
    ['without a name, not renewed for two minutes', '', 120],
  ])('takes one that was left over: %s', async (_, mark, age) => {
    const path = join(folder, 'left');
    writeFileSync(path, mark);
    const seconds = Date.now() / 1000 - age;
    utimesSync(path, seconds, seconds);
    expect(await withLock(path, async () => 'done')).toBe('done');
    expect(readdirSync(folder)).toEqual([]);
  });
});

test.each([
  [ownMark, false],
  ['1@elsewhere', false],
  [gone, true],
  ['', true],
  ['0@x', true],
  ['test-results of old', true],
])('hasEnded %s: %s', (mark, ended) => expect(hasEnded(mark)).toBe(ended));
