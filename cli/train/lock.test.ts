import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Holder, isStale, lockTimes, RunLock } from './lock.ts';
import { machineName, markOf, stillRuns } from './processes.ts';

const root = mkdtempSync(join(tmpdir(), 'lock-'));
afterAll(() => rmSync(root, { recursive: true }));
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(root, 'run-'));
});
const path = () => join(directory, 'run.lock');

const mine: Holder = {
  host: 'atlas',
  machine: machineName(),
  ...markOf(process.pid),
  since: '2026-01-01T00:00:00.000Z',
  token: 'another',
};
/** A process that has ended. */
const gone = await new Promise<number>((done) => {
  const child = spawn(process.execPath, ['-e', '']);
  child.on('exit', () => done(child.pid ?? 0));
});

/** Puts a lock there whose last heartbeat was so long ago. */
function leave(contents: string, age: number, name = 'run.lock') {
  const file = join(directory, name);
  writeFileSync(file, contents);
  const time = (Date.now() - age) / 1000;
  utimesSync(file, time, time);
}

const long = 10 * lockTimes.stale;
const linux = process.platform === 'linux';

describe('a lock’s holder', () => {
  const elsewhere = { ...mine, machine: 'atlas elsewhere' };
  test.each<[string, Holder | null, number, boolean]>([
    ['of this machine that runs', mine, 0, false],
    ['of this machine that ended a moment ago', { ...mine, pid: gone }, 0, true],
    ['of another machine with a heartbeat', elsewhere, lockTimes.stale / 2, false],
    ['of another machine with the id of one that ended here', { ...elsewhere, pid: gone }, 0, false],
    ['of another machine with the id of one that runs here', elsewhere, long, true],
    ['that cannot be read and was written just now', null, 0, false],
    ['that cannot be read and is old', null, long, true],
    ['whose beginning is not known, with a heartbeat', { ...mine, began: null }, 0, false],
    ['whose beginning is not known, without a heartbeat', { ...mine, began: null }, long, true],
  ])('%s', (_, holder, age, stale) => {
    expect(isStale(holder, age)).toBe(stale);
  });

  test.runIf(linux)(
    'of this machine that is stopped still holds; a later process with its id does not',
    () => {
      expect(isStale(mine, long)).toBe(false);
      expect(isStale({ ...mine, began: '1' }, 0)).toBe(true);
    },
  );

  test.runIf(linux)('is gone once it ended, also before its parent asked how', async () => {
    const child = spawn('sh', ['-c', 'sh -c "exit" & exec sleep 60']);
    expect(stillRuns(markOf(child.pid ?? 0))).toBe(true);
    child.kill('SIGKILL');
    await new Promise((done) => child.on('exit', done));
    expect(stillRuns(markOf(gone))).toBe(false);
  });
});

test('a directory is locked for one at a time, and free again afterwards', async () => {
  const lock = await RunLock.take(directory);
  await expect(RunLock.take(directory)).rejects.toMatchObject({
    name: 'RunLockedError',
    message: expect.stringMatching(
      new RegExp(`^${directory} is in use by process ${process.pid} on .*--out`),
    ),
  });
  await lock.assertHeld();
  await lock.release();
  expect(readdirSync(directory)).toEqual([]);
  await (await RunLock.take(directory)).release();
});

test.each([
  ['of a process that ended', JSON.stringify({ ...mine, pid: gone }), 0],
  ['of another machine', JSON.stringify({ ...mine, machine: 'b' }), long],
  ['that is empty', '', long],
  ['that is damaged', '{"host":"atl', long],
])('a stale lock %s is taken over, by one of many', async (_, contents, age) => {
  leave(contents, age);
  const taken = await Promise.allSettled(Array.from({ length: 8 }, () => RunLock.take(directory)));
  const locks = taken.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(locks).toHaveLength(1);
  await locks[0].assertHeld();
  expect(readdirSync(directory)).toEqual(['run.lock']);
  await locks[0].release();
});

test.each([
  ['of a process that ended', JSON.stringify({ ...mine, pid: gone, token: 'judge' }), 0],
  ['that is empty and old', '', long],
])('who was killed while it judged is no hindrance: a file %s', async (_, contents, age) => {
  leave(JSON.stringify({ ...mine, pid: gone }), 0);
  leave(contents, age, 'run.lock.takeover');
  leave('', 0, 'run.lock.0b8f');
  const taken = await Promise.allSettled(Array.from({ length: 3 }, () => RunLock.take(directory)));
  const locks = taken.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(locks).toHaveLength(1);
  await locks[0].assertHeld();
  expect(readdirSync(directory)).toEqual(['run.lock']);
  await locks[0].release();
});

test('of many that begin together one gets the lock', async () => {
  const taken = await Promise.allSettled(Array.from({ length: 8 }, () => RunLock.take(directory)));
  const locks = taken.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(locks).toHaveLength(1);
  await locks[0].release();
});

test('a lock that is held is not touched by who wants it', async () => {
  const contents = JSON.stringify({ ...mine, machine: 'b' });
  leave(contents, 0);
  await expect(RunLock.take(directory)).rejects.toMatchObject({ name: 'RunLockedError' });
  expect(readFileSync(path(), 'utf8')).toBe(contents);
  expect(readdirSync(directory)).toEqual(['run.lock']);
});

test('who lost its lock asleep writes no more, and leaves the other’s lock', async () => {
  let now = Date.now();
  const lock = await RunLock.take(directory, () => now);
  const others = JSON.stringify({ ...mine, machine: 'b' });
  writeFileSync(path(), others);
  now += lockTimes.stale;
  await expect(lock.assertHeld()).rejects.toMatchObject({ name: 'RunLockedError' });
  await lock.release();
  expect(readFileSync(path(), 'utf8')).toBe(others);
});

test('who slept and still has its lock goes on', async () => {
  let now = Date.now();
  const lock = await RunLock.take(directory, () => now);
  leave(readFileSync(path(), 'utf8'), long);
  now += lockTimes.stale;
  await lock.assertHeld();
  await expect(RunLock.take(directory)).rejects.toMatchObject({ name: 'RunLockedError' });
  await lock.release();
});
