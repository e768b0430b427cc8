import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type BackendName, backendNames } from '../src/config/backends.ts';
import { AppError, reportOf } from '../src/errors.ts';
import { createTfjsTrainer } from '../src/trainer/tfjs/trainer.ts';
import { createPlanTrainer } from '../src/trainer/webgpu/createPlanTrainer.ts';
import { requestPlanDevice } from '../src/trainer/webgpu/requestDevice.ts';
import { checkArguments } from './checkArguments.ts';
import { createNodeBackend } from './nodeBackend.ts';
import { compareWithFixture, type TrainerFactory, tolerance } from './parity/compare.ts';
import { readFixture } from './parity/fixture.ts';
import { type NodeWebGpu, openNodeWebGpu } from './webgpuDriver.ts';

/**
 * npm run parity -- FILE... [--trainer tfjs|webgpu] [--backend cpu|wasm|webgpu]
 * Runs parity cases of the PyTorch reference; exits with 1 beyond the tolerance and 2 where it could not run.
 */

/** Held for as long as the process lives: it ends with an error when WebGPU is collected in use. */
const held = new Set<NodeWebGpu>();

/** What can be compared: each makes its trainers, on a backend where it has several. */
const trainers: Record<string, (backend: BackendName) => Promise<TrainerFactory>> = {
  async tfjs(name) {
    const backend = await createNodeBackend(name);
    console.log(`tfjs on ${backend.backend}: ${backend.adapter}`);
    return (config) => createTfjsTrainer(config, backend);
  },
  async webgpu() {
    const webgpu = await openNodeWebGpu();
    const backend = {
      engine: 'webgpu',
      backend: 'webgpu',
      adapter: webgpu.name,
      software: webgpu.software,
    } as const;
    const device = await requestPlanDevice(webgpu.adapter);
    console.log(`the plan on ${webgpu.name}`);
    held.add(webgpu);
    return (config) => createPlanTrainer(config, device, backend);
  },
};

async function main(): Promise<boolean> {
  const args = process.argv.slice(2);
  checkArguments({ name: 'parity', options: ['trainer', 'backend'] }, args, process.env);
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      trainer: { type: 'string', default: 'tfjs' },
      backend: { type: 'string', default: 'wasm' },
    },
  });
  if (positionals.length === 0)
    throw new AppError('UsageError', 'Name at least one parity file (.safetensors).');
  const create = await trainerFactory(values.trainer, values.backend);

  let allPassed = true;
  for (const path of positionals) {
    const { passed, loss, parameter } = await compareWithFixture(readFixture(await readFile(path)), create);
    const numbers = [
      `loss ${loss.error.toExponential(1)} relative (${loss.where})`,
      `parameters ${parameter.error.toExponential(1)} mean absolute (${parameter.where})`,
    ];
    console.log(`${passed ? 'pass' : 'FAIL'}  ${path}: ${numbers.join(', ')}`);
    allPassed &&= passed;
  }
  if (!allPassed) console.log(`tolerance: loss ${tolerance.loss}, parameters ${tolerance.parameter}`);
  return allPassed;
}

async function trainerFactory(trainer: string, backend: string): Promise<TrainerFactory> {
  const make = Object.hasOwn(trainers, trainer) ? trainers[trainer] : undefined;
  if (!make)
    throw new AppError(
      'UsageError',
      `--trainer must be one of ${Object.keys(trainers).join(', ')}, not "${trainer}".`,
    );
  const name = backendNames.find((known) => known === backend);
  if (!name)
    throw new AppError(
      'UsageError',
      `--backend must be one of ${backendNames.join(', ')}, not "${backend}".`,
    );
  return make(name);
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (thrown) {
  const { name, message } = reportOf(thrown);
  console.error(`${name}: ${message}`);
  process.exitCode = 2;
}
