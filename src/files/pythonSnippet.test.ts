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
import { pythonSnippet } from '../model/pythonSnippet.ts';
import { pythonHas } from './pythonModules.fixture.ts';
import { writeWeights } from './weights.ts';

const able = pythonHas('torch', 'safetensors.torch');
if (!able) console.log('Skipped: the snippet for Python needs python3 with torch and safetensors.');

/** Goes on where the snippet ends. Pictures are channels last there, and in one row each. */
const compare = `
import sys
given = {name: torch.tensor(rows, dtype=torch.float32) for name, rows in json.load(sys.stdin).items()}
size = config["imageSize"]
mean = encode(given["images"].unflatten(1, (size, size, -1)).permute(0, 3, 1, 2))
mean = mean[0] if isinstance(mean, tuple) else mean
made = decode(given["codes"], given["rest"]) if given["rest"].numel() else decode(given["codes"])
made = made.permute(0, 2, 3, 1).flatten(1)
print(json.dumps([(mean - given["mean"]).abs().max().item(), (made - given["decoded"]).abs().max().item()]))
`;

const count = 6;

/** [count, width] */
function rowsOf(values: Float32Array): number[][] {
  const width = values.length / count;
  return Array.from({ length: count }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);
}

describe.skipIf(!able)('the snippet for Python encodes and decodes as the trainer does, within 1e-4', () => {
  const infoWganGp = { ...presets.tiny, objective: 'infoWganGp', noiseInputs: 2 } as const;
  test.each<[string, RunConfig]>([
    ['FactorVAE', presets.tiny],
    ['InfoWGAN-GP', infoWganGp],
    ['InfoWGAN-GP with categories', { ...infoWganGp, categories: 3 }],
  ])('%s', async (_, config) => {
    const runsOn = await startTfjs('tfjs-wasm', { wasmFiles, wasmThreads: 1 });
    const trainer = await createTfjsTrainer(config, runsOn);
    const folder = mkdtempSync(join(tmpdir(), 'snippet-'));
    try {
      await trainer.train(5);
      const source = imagesOf(config);
      const images = new Float32Array(count * source.imageLength);
      source.drawBatch(7, streams.preview, 0, count, images);
      const wave = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7));
      const codes = wave(count * config.latents);
      const isVae = config.objective !== 'infoWganGp';
      const rest = wave(isVae ? 0 : count * (config.categories + config.noiseInputs));
      const { mean } = await trainer.encode(images);
      const decoded = isVae ? await trainer.decode(codes) : await trainer.decode(codes, rest);
      const file = join(folder, 'weights.safetensors');
      writeFileSync(file, writeWeights(await trainer.readParameters(), config, trainer.step));
      const given = { images, codes, rest, mean, decoded };
      const input = JSON.stringify(
        Object.fromEntries(Object.entries(given).map(([name, values]) => [name, rowsOf(values)])),
      );
      const script = pythonSnippet(file, config.objective) + compare;
      const printed = execFileSync('python3', ['-c', script], { input, encoding: 'utf8' });
      const differences: number[] = JSON.parse(printed.trim().split('\n').at(-1) ?? '');
      expect(differences).toHaveLength(2);
      for (const difference of differences) expect(difference).toBeLessThan(1e-4);
    } finally {
      trainer.dispose();
      rmSync(folder, { recursive: true });
    }
  });
});
