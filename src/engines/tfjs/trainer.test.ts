import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startTfjsInNode } from '../../../cli/nodeTfjs.ts';
import { presets } from '../../config/presets.ts';
import type { RunConfig } from '../../config/schema.ts';
import { createTfjsTrainer } from '../../families/createTfjsTrainer.ts';
import { metricIndex, vaeColumns } from '../../families/vae/columns.ts';
import type { Trainer } from '../trainer.ts';
import type { TfjsInfo } from './tfjsInfo.ts';

const { tiny } = presets;
const width = vaeColumns(tiny).length;

let runsOn: TfjsInfo;
beforeAll(async () => {
  runsOn = await startTfjsInNode('tfjs-wasm');
});

/** Runs a check on a new trainer, and sees that nothing of it is left on the runsOn. */
async function withTrainer(
  check: (trainer: Trainer) => Promise<void>,
  config: RunConfig = tiny,
): Promise<void> {
  const before = tf.memory().numTensors;
  const trainer = await createTfjsTrainer(config, runsOn);
  try {
    await check(trainer);
  } finally {
    trainer.dispose();
  }
  expect(tf.memory().numTensors).toBe(before);
}

describe('the tfjs trainer', () => {
  test('50 steps leave as many tensors as were there', () =>
    withTrainer(async (trainer) => {
      await trainer.train(1);
      const before = tf.memory();
      await trainer.train(50);
      const after = tf.memory();
      expect(after.numTensors).toBe(before.numTensors);
      expect(after.numDataBuffers).toBe(before.numDataBuffers);
      expect(after.numBytes).toBe(before.numBytes);
    }));

  test('trainers on different backends work side by side', () =>
    withTrainer(async (onWasm) => {
      const cpu = await startTfjsInNode('tfjs-cpu');
      const onCpu = await createTfjsTrainer({ ...tiny, batchSize: 2 }, cpu);
      await onWasm.train(1);
      await onCpu.train(1);
      await onWasm.train(1);
      expect([onWasm.step, onCpu.step]).toEqual([2, 1]);
      onCpu.dispose();
    }));

  test('tiny learns', () =>
    withTrainer(async (trainer) => {
      const meanOf = (rows: Float32Array) => {
        let sum = 0;
        for (let at = metricIndex('reconstruction'); at < rows.length; at += width) sum += rows[at];
        return (sum * width) / rows.length;
      };
      const start = meanOf(await trainer.train(10));
      await trainer.train(280);
      const end = meanOf(await trainer.train(10));
      expect(end).toBeLessThan(start / 3);
    }));
});
