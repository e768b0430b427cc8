import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { presets } from '../../src/config/presets.ts';
import { part } from '../../src/report.ts';
import { eventType } from './events.ts';
import { EventsFile } from './eventsFile.ts';
import { train } from './small.fixture.ts';

const root = mkdtempSync(join(tmpdir(), 'train-events-'));
afterAll(() => rmSync(root, { recursive: true }));

const valueSchema = z.object({ tag: z.string(), simpleValue: z.number().optional() });
const eventSchema = z.object({
  step: z.number().default(0),
  fileVersion: z.string().optional(),
  sessionLog: z.object({ status: z.number() }).optional(),
  summary: z.object({ value: z.array(valueSchema) }).optional(),
});

const filesOf = (run: string) =>
  readdirSync(join(root, run)).filter((name) => name.startsWith('events.out.'));

/** The events of every file of a run, in the order of their names. */
function eventsOf(run: string): z.infer<typeof eventSchema>[][] {
  return filesOf(run)
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(root, run, name));
      const events = [];
      for (let at = 0; at < bytes.length; ) {
        const length = Number(bytes.readBigUInt64LE(at));
        const message = eventType.decode(bytes.subarray(at + 12, at + 12 + length));
        events.push(eventSchema.parse(eventType.toObject(message, { longs: Number })));
        at += length + 16;
      }
      return events;
    });
}

function pointsOf(run: string, tag: string): (number | undefined)[][] {
  return eventsOf(run)
    .flat()
    .flatMap(({ step, summary }) =>
      (summary?.value ?? [])
        .filter((value) => value.tag === tag)
        .map(({ simpleValue }) => [step, simpleValue]),
    );
}

test('a run leaves its losses, scores and pictures by step, and its settings', async () => {
  const { records } = await train(join(root, 'one'), '--steps 12 --evaluate-every 8');
  const [{ history, evaluations }] = records;
  const expected = history.kl.mean.map((kl, i) => [i + 1, Math.fround(kl)]);
  expect(pointsOf('one', 'loss/kl')).toEqual(expected);
  expect(pointsOf('one', 'metric/mig')).toEqual(evaluations.map(({ step, mig }) => [step, Math.fround(mig)]));
  for (const tag of ['pictures/traversals', 'pictures/reconstructions'])
    expect(pointsOf('one', tag).map(([step]) => step)).toEqual([8, 12]);
  expect(pointsOf('one', 'config')).toHaveLength(1);
});

test('a run that goes on says from which step on earlier files do not count', async () => {
  await train(join(root, 'more'), '--steps 5');
  await train(join(root, 'more'), '--steps 9');
  const files = eventsOf('more');
  expect(files.map(([{ fileVersion }]) => fileVersion)).toEqual(['brain.Event:2', 'brain.Event:2']);
  expect(files.map(([, { step, sessionLog }]) => [step, sessionLog?.status])).toEqual([
    [1, 1],
    [6, 1],
  ]);
  expect(pointsOf('more', 'loss/kl').map(([step]) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a long run has a thousand points at most, each the mean of its steps', async () => {
  const columns = [
    { name: 'kl', measured: true, loss: part('loss.kl') },
    { name: 'totalCorrelation', measured: false, loss: part('loss.totalCorrelation') },
  ];
  mkdirSync(join(root, 'long'));
  const file = await EventsFile.begin(
    join(root, 'long'),
    { config: presets.tiny, step: 0, steps: 2001 },
    columns,
  );
  for (let step = 1; step <= 2001; step += 87) {
    const rows = Array.from({ length: 87 }, (_, i) => [step + i, Number.NaN]).flat();
    await file.addMetrics({ firstStep: step, rows: Float32Array.from(rows) }, 50);
  }
  const everyThird = Array.from({ length: 667 }, (_, i) => [3 * i + 3, 3 * i + 2]);
  expect(pointsOf('long', 'loss/kl')).toEqual(everyThird);
  expect(pointsOf('long', 'speed/steps_per_second')[0]).toEqual([3, 50]);
  expect(pointsOf('long', 'loss/total_correlation')).toEqual([]);
});

test('none are written where none are asked for', async () => {
  await train(join(root, 'off'), '--steps 2 --tensorboard off');
  expect(filesOf('off')).toEqual([]);
});
