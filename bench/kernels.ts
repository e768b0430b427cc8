import { parseArgs } from 'node:util';
import { driverChoices, type NodeWebGpu } from '../cli/webgpuDriver.ts';
import { wholeOption } from '../cli/wholeOption.ts';
import { presetNames, presets } from '../src/config/presets.ts';
import type { RunConfig } from '../src/config/schema.ts';
import { chooseKernels } from '../src/engines/webgpu/chooseKernels.ts';
import { DeviceGuard } from '../src/engines/webgpu/deviceGuard.ts';
import { restingLive } from '../src/engines/webgpu/kernels/harness.ts';
import { threadKernel } from '../src/engines/webgpu/kernels/kernel.ts';
import { liveDeclaration, liveValue } from '../src/engines/webgpu/kernels/live.ts';
import { Pipelines } from '../src/engines/webgpu/pipelines.ts';
import { type Dispatch, encodeAlone, LiveSlots, Program, SizeTable } from '../src/engines/webgpu/program.ts';
import { requestPlanDevice } from '../src/engines/webgpu/requestDevice.ts';
import { machine, openDriver, runBenchmark } from './command.ts';
import { oneOf } from './options.ts';
import { prepareStep } from './preparedStep.ts';

/**
 * npm run bench:kernels -- [--preset tiny|quick|paper] [--driver auto|lavapipe|swiftshader] [--repeats 40]
 * What a step of the plan is made of: every kind of dispatch alone, on whatever numbers are there, over and over
 * in one submit; beside them one that does nothing. Milliseconds of processor time, which on a software driver is
 * what a step costs, and milliseconds that passed: the least of five.
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
  const pipelines = new Pipelines(device);
  const { name: adapter, software } = webgpu;
  const choice = await chooseKernels(guard, pipelines, {
    engine: 'webgpu',
    adapter,
    software,
  });
  const { memory, buffers, dispatches: step } = prepareStep(config, device, choice);
  const nothing: Dispatch = {
    kernel: threadKernel({
      label: 'nothing',
      buffers: [{ name: 'rows', type: 'f32', access: 'write' }],
      module: liveDeclaration,
      threads: 64,
      body: `  if (${liveValue(0)} > 1e9) { rows[i] = 0.0; }`,
    }),
    buffers: { rows: { buffer: buffers.rows } },
  };
  const all = [nothing, ...step];
  const kernels = all.map(({ kernel }) => kernel);
  await guard.wait(pipelines.compile(kernels));
  const sizes = new SizeTable(kernels, memory, device.queue);
  const live = new LiveSlots(buffers.live, pipelines);
  live.set(0, restingLive);
  live.upload(device.queue, 1);

  async function once(program: Program, repeats: number) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    const encoder = device.createCommandEncoder();
    encodeAlone(encoder, program, live, repeats);
    device.queue.submit([encoder.finish()]);
    await guard.wait(device.queue.onSubmittedWorkDone());
    const { user, system } = process.cpuUsage(used);
    return { cpu: (user + system) / 1000 / repeats, wall: (performance.now() - start) / repeats };
  }
  return {
    kernels: choice.name,
    dispatches: { nothing: [nothing], step },
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
