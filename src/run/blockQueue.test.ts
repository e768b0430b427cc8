import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { liveSettingsOf } from '../config/schema.ts';
import { startTfjs } from '../engines/tfjs/backends.ts';
import type { Trainer } from '../engines/trainer.ts';
import { createTfjsTrainer } from '../families/createTfjsTrainer.ts';
import { vaeColumns } from '../families/vae/columns.ts';
import { BlockQueue } from './blockQueue.ts';
import { smallRun } from './smallRun.fixture.ts';

const pace = { blockMs: 40, maxBlockSteps: 64 };
const width = vaeColumns(smallRun).length;
const create = async (config = smallRun) => createTfjsTrainer(config, await startTfjs('tfjs-cpu'));

describe('blocks of steps', () => {
  let trainer: Trainer;
  beforeEach(async () => {
    trainer = await create();
  });
  afterEach(() => trainer.dispose());

  test('come back in the order they were handed over, with the rows of plain training', async () => {
    const queue = new BlockQueue(trainer, { ...pace, elapsed: 100 });
    for (const steps of [1, 3, 2]) queue.submit(steps);
    expect(queue.length).toBe(3);
    const rows: number[] = [];
    const firstSteps: number[] = [];
    for (let block = await queue.next(); block; block = await queue.next()) {
      expect(block.divergence).toBeNull();
      firstSteps.push(block.batch.firstStep);
      rows.push(...block.batch.rows);
    }
    expect(firstSteps).toEqual([1, 2, 5]);
    const plain = await create();
    expect(rows).toEqual([...(await plain.train(6))]);
    plain.dispose();
    expect(queue.length).toBe(0);
    expect(queue.pace.elapsed).toBeGreaterThan(100);
  });

  test('count no time twice while one waits behind another', async () => {
    const queue = new BlockQueue(trainer, pace);
    const start = performance.now();
    for (let block = 0; block < 4; block++) queue.submit(2);
    while (await queue.next());
    expect(queue.pace.elapsed).toBeLessThanOrEqual((performance.now() - start) / 1000);
  });

  test('end before a loss that is not finite', async () => {
    // What a step of beta-VAE measures is of the weights before it: its first such step still has finite losses.
    const diverging = await create({ ...smallRun, objective: 'betaVae' });
    const queue = new BlockQueue(diverging, pace);
    queue.submit(2);
    expect((await queue.next())?.divergence).toBeNull();
    diverging.setLive({ ...liveSettingsOf(smallRun), learningRate: 1e30 });
    queue.submit(4);
    const block = await queue.next();
    expect(block?.divergence?.step).toBe(4);
    expect(block?.batch.firstStep).toBe(3);
    expect(block?.batch.rows.length).toBe(width);
    diverging.dispose();
  });

  test('that fail are told when their turn comes; dropped ones are waited for and forgotten', async () => {
    const queue = new BlockQueue(trainer, pace);
    queue.submit(1);
    trainer.dispose();
    queue.submit(1);
    expect((await queue.next())?.batch.firstStep).toBe(1);
    await expect(queue.next()).rejects.toMatchObject({ name: 'TrainerDisposedError' });
    queue.submit(1);
    await queue.drop();
    expect(await queue.next()).toBeNull();
  });
});
