import { parseArgs } from 'node:util';
import { driverChoices, type NodeWebGpu } from '../cli/webgpuDriver.ts';
import { wholeOption } from '../cli/wholeOption.ts';
import { presetNames, presets } from '../src/config/presets.ts';
import type { RunConfig } from '../src/config/schema.ts';
import { shapes2dTables } from '../src/data/shapes2d.ts';
import { chooseKernels } from '../src/trainer/webgpu/chooseKernels.ts';
import { DeviceGuard } from '../src/trainer/webgpu/deviceGuard.ts';
import { packTables } from '../src/trainer/webgpu/kernels/drawImages.ts';
import { restingLive } from '../src/trainer/webgpu/kernels/harness.ts';
import { threadKernel } from '../src/trainer/webgpu/kernels/kernel.ts';
import { liveDeclaration } from '../src/trainer/webgpu/kernels/live.ts';
import { GpuMemory } from '../src/trainer/webgpu/memory.ts';
import { ParameterLayout } from '../src/trainer/webgpu/parameterLayout.ts';
import { Pipelines } from '../src/trainer/webgpu/pipelines.ts';
import { type Dispatch, PlanBuilder } from '../src/trainer/webgpu/plan.ts';
import { PlanBuffers, planModel } from '../src/trainer/webgpu/planBuffers.ts';
import { LiveSlots, Program, SizeTable } from '../src/trainer/webgpu/program.ts';
import { requestPlanDevice } from '../src/trainer/webgpu/requestDevice.ts';
import { machine, openDriver, runBenchmark } from './command.ts';
import { oneOf } from './options.ts';

/**
 * npm run bench:kernels -- [--preset tiny|quick|paper] [--driver auto|lavapipe|swiftshader] [--repeats 40]
 * What a step of the plan is made of: every kind of dispatch alone, on whatever numbers are there, over and over in one
 * submit; beside them one that does nothing. Milliseconds of processor time, which on a software driver is what a step
 * costs, and milliseconds that passed: the least of five.
 */
const { values } = parseArgs({
  options: {
    preset: { type: 'string', default: 'tiny' },
    driver: { type: 'string', default: 'auto' },
    repeats: { type: 'string', default: '40' },
  },
});

/** The dispatches of a step by kind, and a way to run them. */
async function openKernels(config: RunConfig, webgpu: NodeWebGpu) {
  const device = await requestPlanDevice(webgpu.adapter);
  const guard = new DeviceGuard(device);
  const memory = new GpuMemory(device);
  const pipelines = new Pipelines(device);
  const { name: adapter, software } = webgpu;
  const choice = await chooseKernels(guard, pipelines, {
    engine: 'webgpu',
    backend: 'webgpu',
    adapter,
    software,
  });
  const tables = shapes2dTables(config.factors, config.imageSize);
  const packed = packTables(tables);
  const tablesBuffer = memory.storage('tables of the shapes', 'tables', packed.length);
  device.queue.writeBuffer(tablesBuffer, 0, packed);
  const [model, layout] = [planModel(config), new ParameterLayout(config)];
  const buffers = new PlanBuffers(config, model, layout, choice, memory);
  const { draw, step } = new PlanBuilder(config, model, layout, buffers, choice).build(tables, tablesBuffer);
  const nothing: Dispatch = {
    kernel: threadKernel({
      label: 'nothing',
      buffers: [{ name: 'terms', type: 'f32', access: 'write' }],
      module: liveDeclaration,
      threads: 64,
      body: '  if (live.beta > 1e9) { terms[i] = 0.0; }',
    }),
    buffers: [{ buffer: buffers.terms }],
  };
  const all = [nothing, ...draw, ...step];
  const kernels = all.map(({ kernel }) => kernel);
  await guard.wait(pipelines.compile(kernels));
  const sizes = new SizeTable(kernels, memory, device.queue);
  const live = new LiveSlots(buffers.live, pipelines);
  live.set(0, restingLive);
  live.upload(device.queue, 1);

  async function once(program: Program, repeats: number) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    live.bind(pass, 0);
    for (let i = 0; i < repeats; i++) program.encode(pass);
    pass.end();
    device.queue.submit([encoder.finish()]);
    await guard.wait(device.queue.onSubmittedWorkDone());
    const { user, system } = process.cpuUsage(used);
    return { cpu: (user + system) / 1000 / repeats, wall: (performance.now() - start) / repeats };
  }
  return {
    kernels: choice.name,
    dispatches: { nothing: [nothing], step: [...draw, ...step] },
    async time(dispatches: readonly Dispatch[], repeats: number) {
      const program = new Program(dispatches, pipelines, sizes);
      await once(program, repeats);
      const times = [];
      for (let i = 0; i < 5; i++) times.push(await once(program, repeats));
      return {
        cpu: Math.min(...times.map(({ cpu }) => cpu)),
        wall: Math.min(...times.map(({ wall }) => wall)),
      };
    },
  };
}

async function main(): Promise<void> {
  const preset = oneOf(presetNames, values.preset, 'preset');
  const webgpu = await openDriver(oneOf(driverChoices, values.driver, 'driver'));
  const repeats = wholeOption('repeats', values.repeats, 1);
  const { kernels, dispatches, time } = await openKernels(presets[preset], webgpu);
  console.log(`${preset} on ${webgpu.name}, ${kernels}; ${machine}; ${new Date().toISOString()}`);
  const kinds = new Map<string, Dispatch[]>();
  for (const dispatch of dispatches.step) {
    // A product's label goes on with its sizes.
    const kind = dispatch.kernel.label.replace(/ \d.*/, '');
    kinds.set(kind, [...(kinds.get(kind) ?? []), dispatch]);
  }
  const rows: [string, readonly Dispatch[]][] = [
    ['nothing', dispatches.nothing],
    ...kinds,
    ['a whole step', dispatches.step],
  ];
  for (const [kind, list] of rows) {
    const { cpu, wall } = await time(list, Math.max(4, Math.round(repeats / list.length)));
    console.log(`${kind} (${list.length}): ${cpu.toFixed(3)} ms of processor time, ${wall.toFixed(3)} ms`);
  }
}

await runBenchmark(main);
