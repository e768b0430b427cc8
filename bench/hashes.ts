import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { startTfjsInNode } from '../cli/nodeTfjs.ts';
import { openNodeWasm } from '../cli/wasmEngine.ts';
import { driverChoices } from '../cli/webgpuDriver.ts';
import { type EngineName, engineNames } from '../src/config/engines.ts';
import { presetNames, presets } from '../src/config/presets.ts';
import type { RunConfig } from '../src/config/schema.ts';
import type { Trainer } from '../src/engines/trainer.ts';
import { createWasmTrainer } from '../src/engines/wasm/createWasmTrainer.ts';
import { usualTiles } from '../src/engines/webgpu/kernelChoice.ts';
import { AppError } from '../src/errors.ts';
import { createTfjsTrainer } from '../src/families/createTfjsTrainer.ts';
import { vaeModel } from '../src/families/vae/model.ts';
import type { NamedTensors } from '../src/model/parameters.ts';
import { openDriver, runBenchmark } from './command.ts';
import { openPlan } from './openPlan.ts';
import { oneOf } from './options.ts';

/**
 * npm run hashes -- [--presets tiny,quick,paper] [--engines webgpu,tfjs-wasm,tfjs-cpu]
 *                   [--driver auto|lavapipe|swiftshader] [--steps 50]
 * SHA-256 of all parameters after so many steps of each preset on each engine: whoever changes the code without
 * meaning to change its numbers prints them before and after, on one machine. WebGPU takes one driver a command,
 * and runs twice: with the kernels chosen for the adapter, and with those of real GPUs.
 */
const { values } = parseArgs({
  options: {
    presets: { type: 'string', default: presetNames.join() },
    engines: { type: 'string', default: 'webgpu,tfjs-wasm,tfjs-cpu' },
    driver: { type: 'string', default: 'auto' },
    steps: { type: 'string', default: '50' },
  },
});

/** A step of larger presets takes seconds on plain JavaScript, or on tfjs' WebGPU without a GPU. */
const slow: readonly EngineName[] = ['tfjs-cpu', 'tfjs-webgpu', 'tfjs-webgl'];

async function main(): Promise<void> {
  const driver = oneOf(driverChoices, values.driver, 'driver');
  const chosen = values.presets.split(',').map((name) => oneOf(presetNames, name, 'presets'));
  const engines = values.engines.split(',').map((name) => oneOf(engineNames, name, 'engines'));
  const steps = Number(values.steps);
  if (!Number.isInteger(steps) || steps < 1)
    throw new AppError('UsageError.wholeFrom', { option: 'steps', least: 1, given: values.steps });

  for (const engine of engines)
    for (const preset of chosen) {
      if (slow.includes(engine) && preset !== 'tiny') {
        console.log(`${preset} ${engine}: skipped, it would take too long`);
        continue;
      }
      for (const [kernels, create] of await waysOf(engine)) {
        const trainer = await create(presets[preset]);
        await trainer.train(steps);
        const hash = hashOf(await trainer.readParameters());
        console.log(`${preset} ${engine}${kernels} (${trainer.runsOn.adapter}), ${steps} steps: ${hash}`);
        trainer.dispose();
      }
    }

  async function waysOf(engine: EngineName): Promise<[string, (config: RunConfig) => Promise<Trainer>][]> {
    if (engine === 'webgpu') {
      const webgpu = await openDriver(driver);
      return [
        ['', (config) => openPlan(config, webgpu)],
        [', kernels of real GPUs', (config) => openPlan(config, webgpu, { kernels: usualTiles })],
      ];
    }
    if (engine === 'wasm') {
      const wasm = await openNodeWasm();
      return [['', async (config) => createWasmTrainer(vaeModel(config), wasm)]];
    }
    const runsOn = await startTfjsInNode(engine, driver);
    return [['', (config) => createTfjsTrainer(config, runsOn)]];
  }
}

function hashOf(parameters: NamedTensors): string {
  const hash = createHash('sha256');
  for (const [name, { shape, data }] of parameters) {
    hash.update(`${name} ${shape.join('x')}\n`);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}

await runBenchmark(main);
