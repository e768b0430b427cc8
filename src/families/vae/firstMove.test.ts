import { expect, test } from 'vitest';
import { openNodeWasm } from '../../../cli/wasmEngine.ts';
import { presets } from '../../config/presets.ts';
import { liveSettingsOf } from '../../config/schema.ts';
import { createWasmTrainer } from '../../engines/wasm/createWasmTrainer.ts';
import { vaeModel } from './model.ts';

// What a person meets: the first run of the page, and its first move of gamma.
test.each([
  ['small', 200, 'kl', 3],
  ['quick', 0, 'totalCorrelation', 1.5],
] as const)(
  '%s: gamma moved to %d shows within a hundred steps, in %s',
  async (preset, gamma, metric, least) => {
    const model = vaeModel(presets[preset]);
    const trainer = createWasmTrainer(model, await openNodeWasm(1));
    const column = model.columns.findIndex(({ name }) => name === metric);
    const meanOf = (rows: Float32Array) => {
      const values = rows.filter((_, at) => at % model.columns.length === column);
      return values.reduce((sum, value) => sum + value) / values.length;
    };
    await trainer.train(200);
    const before = meanOf(await trainer.train(50));
    trainer.setLive({ ...liveSettingsOf(presets[preset]), gamma });
    await trainer.train(50);
    const after = meanOf(await trainer.train(50));
    trainer.dispose();
    expect(after / before).toBeGreaterThan(least);
  },
  120_000,
);
