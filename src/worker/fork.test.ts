import { beforeEach, describe, expect, test } from 'vitest';
import { emptyShelf } from '../data/own/opened.ts';
import { startTfjs } from '../engines/tfjs/backends.ts';
import { createTfjsTrainer } from '../families/createTfjsTrainer.ts';
import type { MetricsBatch } from '../model/columns.ts';
import type { WorkerEvent } from '../protocol/messages.ts';
import { errorReport } from '../report.ts';
import { smallRun } from '../run/smallRun.fixture.ts';
import { Lockstep } from './lockstep.ts';
import { TrainingSession } from './session.ts';
import { TrainerFactory } from './trainerFactory.ts';

const config = smallRun;
const nextTask = () => new Promise<void>((resolve) => setImmediate(resolve));

function open() {
  const events: WorkerEvent[] = [];
  const factory = new TrainerFactory({
    productRate: async () => 1e9,
    shelf: emptyShelf,
    probeWebGpu: async () => ({ available: false, reason: errorReport('WebGpuUnavailableError.missing') }),
    createTrainer: async (_, runConfig) => createTfjsTrainer(runConfig, await startTfjs('tfjs-cpu')),
  });
  const { handlers } = new TrainingSession(factory, new Lockstep(nextTask), (event) => events.push(event));
  const batches = (): MetricsBatch[] =>
    events.flatMap((event) => (event.type === 'metrics' ? [event.batch] : []));
  async function steps(count: number) {
    for (let i = 0; i < count; i++) await handlers.step({});
  }
  const weights = async () => Array.from((await handlers.exportWeights({})).bytes);
  return { ...handlers, batches, steps, weights };
}

describe('a fork', () => {
  let parent: ReturnType<typeof open>;
  let checkpoint: Uint8Array;
  beforeEach(async () => {
    parent = open();
    await parent.configure({ config, engine: 'tfjs-cpu' });
    await parent.steps(3);
    const taken = await parent.checkpoint({});
    expect(taken.step).toBe(3);
    checkpoint = taken.bytes;
  });

  test('with the same settings does what its parent would have done, to the last bit', async () => {
    await parent.steps(2);
    const fork = open();
    const info = await fork.configure({ config, engine: 'tfjs-cpu', checkpoint });
    expect(info.startStep).toBe(3);
    await fork.steps(2);
    expect(fork.batches().map(({ firstStep }) => firstStep)).toEqual([4, 5]);
    expect(fork.batches().at(-1)?.rows).toEqual(parent.batches().at(-1)?.rows);
    expect(await fork.weights()).toEqual(await parent.weights());
  });

  test('with another gamma, seed or objective goes its own way from there', async () => {
    await parent.steps(1);
    for (const change of [{ gamma: 90 }, { seed: 7 }, { objective: 'betaVae' as const }]) {
      const fork = open();
      await fork.configure({ config: { ...config, ...change }, engine: 'tfjs-cpu', checkpoint });
      await fork.steps(1);
      expect(await fork.weights()).not.toEqual(await parent.weights());
    }
  });

  test('is reset to its beginning, not to step 0', async () => {
    const fork = open();
    await fork.configure({ config, engine: 'tfjs-cpu', checkpoint });
    const before = await fork.weights();
    await fork.steps(2);
    await fork.reset({});
    expect(await fork.weights()).toEqual(before);
    await fork.steps(1);
    expect(fork.batches().at(-1)?.firstStep).toBe(4);
  });

  test('of other networks or data is refused with the reason, and the run stays', async () => {
    await expect(
      parent.configure({ config: { ...config, latents: 4, batchSize: 8 }, engine: 'tfjs-cpu', checkpoint }),
    ).rejects.toMatchObject({
      name: 'ForkError',
      message: expect.stringContaining('latents, batchSize cannot change'),
    });
    const ofAnotherFamily = { ...config, objective: 'infoWganGp' as const };
    await expect(
      parent.configure({ config: ofAnotherFamily, engine: 'tfjs-cpu', checkpoint }),
    ).rejects.toMatchObject({ message: expect.stringContaining('objective cannot change') });
    await expect(
      parent.configure({ config, engine: 'tfjs-cpu', checkpoint: checkpoint.slice(0, 100) }),
    ).rejects.toMatchObject({ message: expect.any(String) });
    await parent.steps(1);
  });
});
