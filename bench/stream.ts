import { parseArgs } from 'node:util';
import { driverChoices } from '../cli/webgpuDriver.ts';
import { wholeOption } from '../cli/wholeOption.ts';
import { presetNames, presets } from '../src/config/presets.ts';
import { emptyShelf } from '../src/data/own/opened.ts';
import type { Trainer } from '../src/engines/trainer.ts';
import type { WorkerEvent } from '../src/protocol/messages.ts';
import { errorReport } from '../src/report.ts';
import { Lockstep } from '../src/worker/lockstep.ts';
import { createNextTask } from '../src/worker/nextTask.ts';
import { Run } from '../src/worker/run.ts';
import { TrainingSession } from '../src/worker/session.ts';
import { TrainerFactory } from '../src/worker/trainerFactory.ts';
import { machine, openDriver, runBenchmark } from './command.ts';
import { median } from './median.ts';
import { openPlan } from './openPlan.ts';
import { oneOf } from './options.ts';

/**
 * npm run bench:stream -- [--preset tiny|quick|paper] [--driver auto|lavapipe|swiftshader] [--rounds 7] [--seconds 5]
 * What streaming to the page costs: steps a second of the plan in the Worker's session, which sends metrics, pictures
 * and traversals at the default rate through a message channel, against the same training loop that sends nothing.
 */
const { values } = parseArgs({
  options: {
    preset: { type: 'string', default: 'quick' },
    driver: { type: 'string', default: 'auto' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '5' },
  },
});

const nextTask = createNextTask();

/** Steps a second of the session's own loop without its events. */
async function trainSilently(run: Run, ms: number): Promise<number> {
  const start = performance.now();
  const first = run.trainer.step;
  while (performance.now() - start < ms) {
    await run.keepState();
    while (run.blocksWaiting < run.blocksAhead) run.submit(run.pace.blockSteps, null);
    await run.collect();
    await nextTask();
  }
  while (await run.collect());
  return ((run.trainer.step - first) * 1000) / (performance.now() - start);
}

/** The same with everything that a page is sent. */
async function trainStreaming(session: TrainingSession, trainer: Trainer, ms: number): Promise<number> {
  const start = performance.now();
  const first = trainer.step;
  await session.handlers.run({});
  await new Promise((resolve) => setTimeout(resolve, ms));
  await session.handlers.pause({});
  return ((trainer.step - first) * 1000) / (performance.now() - start);
}

/** The Worker's session around a trainer. Its events go through a message channel, cloned. */
async function openSession(trainer: Trainer): Promise<TrainingSession> {
  const factory = new TrainerFactory({
    productRate: async () => 1e9,
    shelf: emptyShelf,
    probeWebGpu: async () => ({ available: false, reason: errorReport('WebGpuUnavailableError.missing') }),
    createTrainer: async () => trainer,
  });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<WorkerEvent>) => received.add(data.type);
  const session = new TrainingSession(factory, new Lockstep(nextTask), (event) => port2.postMessage(event));
  await session.handlers.configure({ config: trainer.config, engine: 'webgpu' });
  return session;
}

const received = new Set<WorkerEvent['type']>();

async function main(): Promise<void> {
  const preset = oneOf(presetNames, values.preset, 'preset');
  const webgpu = await openDriver(oneOf(driverChoices, values.driver, 'driver'));
  const rounds = wholeOption('rounds', values.rounds, 1);
  const ms = 1000 * wholeOption('seconds', values.seconds, 1);
  console.log(`${preset} on ${webgpu.name}; ${machine}; ${new Date().toISOString()}`);

  const trainer = await openPlan(presets[preset], webgpu);
  const session = await openSession(trainer);
  const run = new Run(trainer);
  await trainSilently(run, ms);
  await trainStreaming(session, trainer, ms);
  const silent: number[] = [];
  const streaming: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    silent.push(await trainSilently(run, ms));
    streaming.push(await trainStreaming(session, trainer, ms));
    ratios.push(streaming[round] / silent[round]);
  }
  console.log(`events received: ${[...received].sort().join(', ')}`);
  console.log(
    `steps/s, nothing sent: ${median(silent).toFixed(2)}; streaming: ${median(streaming).toFixed(2)}`,
  );
  const all = ratios.map((ratio) => (100 * (1 - ratio)).toFixed(1));
  console.log(
    `streaming costs ${(100 * (1 - median(ratios))).toFixed(1)}% of the steps a second (${all.join(', ')})`,
  );
}

await runBenchmark(main);
