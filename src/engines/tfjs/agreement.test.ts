import { beforeAll, describe, expect, test } from 'vitest';
import { startTfjsInNode } from '../../../cli/nodeTfjs.ts';
import { type NodeWebGpu, openNodeWebGpu } from '../../../cli/webgpuDriver.ts';
import { presets } from '../../config/presets.ts';
import type { RunConfig } from '../../config/schema.ts';
import { createTfjsTrainer } from '../../families/createTfjsTrainer.ts';
import { type MetricName, metricIndex } from '../../families/vae/columns.ts';
import { vaeModel } from '../../families/vae/model.ts';
import type { Trainer } from '../trainer.ts';
import { createPlanTrainer } from '../webgpu/createPlanTrainer.ts';
import { requestPlanDevice } from '../webgpu/requestDevice.ts';

const small: RunConfig = { ...presets.tiny, denseWidth: 8, discriminatorWidth: 8 };
/** The first step's losses, and the second's, to which gradients and Adam have led. */
const cases: [string, RunConfig][] = [
  ['2 of 16 px', { ...small, imageSize: 16, convWidths: [4, 4], batchSize: 2 }],
  ['4 of 64 px in colour', { ...small, imageSize: 64, channels: 3, convWidths: [1, 2, 3, 5], batchSize: 4 }],
  [
    '64 of 64 px in colour',
    { ...small, imageSize: 64, channels: 3, convWidths: [2, 2, 2, 2], batchSize: 64 },
  ],
  ['33 of 48 px', { ...small, imageSize: 48, convWidths: [2, 2], batchSize: 33 }],
];
const steps = 2;
const compared: MetricName[] = ['reconstruction', 'kl', 'totalCorrelation', 'discriminatorLoss'];

async function rowsOf(trainer: Trainer): Promise<number[][]> {
  const rows = await trainer.train(steps);
  trainer.dispose();
  const width = trainer.model.columns.length;
  return Array.from({ length: steps }, (_, row) =>
    compared.map((name) => rows[row * width + metricIndex(name)]),
  );
}

// Held: the process ends when WebGPU is collected in use.
let webgpu: NodeWebGpu;
let device: GPUDevice;
beforeAll(async () => {
  webgpu = await openNodeWebGpu('swiftshader');
  device = await requestPlanDevice(webgpu.adapter);
});

describe('one run on every trainer gives the same losses: plain JavaScript adds in double precision', () => {
  test.each(cases)('pictures: %s', async (_, config) => {
    const expected = await rowsOf(await createTfjsTrainer(config, await startTfjsInNode('tfjs-cpu')));
    const plan = await createPlanTrainer(vaeModel(config), device, {
      engine: 'webgpu',
      adapter: webgpu.name,
      software: true,
    });
    const others = {
      tfjs: await rowsOf(await createTfjsTrainer(config, await startTfjsInNode('tfjs-wasm'))),
      plan: await rowsOf(plan),
    };
    for (const [name, rows] of Object.entries(others))
      rows.forEach((row, step) => {
        // The reconstruction counts in thousands of nats: there a lost digit shows. Others begin near 0.
        expect(Math.abs(row[0] / expected[step][0] - 1), `${name} at step ${step}`).toBeLessThan(1e-6);
        row.forEach((value, i) => {
          expect(value, `${compared[i]} of ${name}`).toBeCloseTo(expected[step][i], i === 0 ? 1 : 4);
        });
      });
  });
});
