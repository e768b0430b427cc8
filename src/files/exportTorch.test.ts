import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wasmFiles } from '../../cli/wasmFiles.ts';
import { presets } from '../config/presets.ts';
import type { RunConfig } from '../config/schema.ts';
import { imagesOf } from '../data/datasets.ts';
import { streams } from '../data/random/philox.ts';
import { startTfjs } from '../engines/tfjs/backends.ts';
import { createTfjsTrainer } from '../families/createTfjsTrainer.ts';
import { pythonHas } from './pythonModules.fixture.ts';
import { type SafeTensor, writeSafetensors } from './safetensors.ts';
import { writeWeights } from './weights.ts';

const script = join(import.meta.dirname, '../../scripts/torch_check.py');

const torch = pythonHas('torch');
if (!torch) console.log('Skipped: comparing exported weights with PyTorch needs python3 with torch.');

/** What PyTorch makes of exported weights, as the largest difference from what the trainer computed. */
async function differences(config: RunConfig): Promise<Record<string, number>> {
  const runsOn = await startTfjs('tfjs-wasm', { wasmFiles, wasmThreads: 1 });
  const trainer = await createTfjsTrainer(config, runsOn);
  // Trained a little, so that biases are not what they began with and codes are not all alike.
  await trainer.train(20);

  const count = 12;
  const { imageSize, channels, latents } = config;
  const source = imagesOf(config);
  const images = new Float32Array(count * source.imageLength);
  source.drawBatch(7, streams.preview, 0, count, images);
  const codes = Float32Array.from({ length: count * latents }, (_, i) => 3 * Math.sin(i * 1.7));
  const { mean, logVariance } = await trainer.encode(images);
  const decoded = await trainer.decode(codes);
  const parameters = await trainer.readParameters();
  trainer.dispose();

  const f32 = (data: Float32Array, ...shape: number[]): SafeTensor => ({
    dtype: 'F32',
    shape,
    data: data.slice(),
  });
  const pictures = [count, imageSize, imageSize, channels];
  const folder = mkdtempSync(join(tmpdir(), 'factorvae-torch-'));
  try {
    const weights = join(folder, 'weights.safetensors');
    const computed = join(folder, 'case.safetensors');
    writeFileSync(weights, writeWeights(parameters, config, trainer.step));
    writeFileSync(
      computed,
      writeSafetensors(
        new Map([
          ['images', f32(images, ...pictures)],
          ['mean', f32(mean, count, latents)],
          ...(logVariance ? [['logVariance', f32(logVariance, count, latents)] as const] : []),
          ['codes', f32(codes, count, latents)],
          ['decoded', f32(decoded, ...pictures)],
        ]),
      ),
    );
    return JSON.parse(execFileSync('python3', [script, weights, computed], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.skipIf(!torch)('PyTorch loads exported weights and agrees within 1e-4', () => {
  const quickRgb: RunConfig = { ...presets.quick, channels: 3, batchSize: 8, discriminatorWidth: 32 };
  test.each([
    ['tiny', presets.tiny],
    ['quick, with three channels', quickRgb],
  ])('%s', async (_, config) => {
    const largest = await differences(config);
    expect(Object.keys(largest).sort()).toEqual(['decoded', 'logVariance', 'mean']);
    for (const difference of Object.values(largest)) expect(difference).toBeLessThan(1e-4);
  });
});
