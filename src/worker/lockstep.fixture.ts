import { wasmFiles } from '../../cli/wasmFiles.ts';
import type { NodeWebGpu } from '../../cli/webgpuDriver.ts';
import type { RunConfig } from '../config/schema.ts';
import { emptyShelf } from '../data/own/opened.ts';
import { startTfjs } from '../engines/tfjs/backends.ts';
import type { Trainer } from '../engines/trainer.ts';
import { createPlanTrainer } from '../engines/webgpu/createPlanTrainer.ts';
import { requestPlanDevice } from '../engines/webgpu/requestDevice.ts';
import { createTfjsTrainer } from '../families/createTfjsTrainer.ts';
import { vaeColumns } from '../families/vae/columns.ts';
import { vaeModel } from '../families/vae/model.ts';
import { readSafetensors } from '../files/safetensors.ts';
import type { WorkerEvent } from '../protocol/messages.ts';
import { errorReport } from '../report.ts';
import { smallRun } from '../run/smallRun.fixture.ts';
import { Lockstep } from './lockstep.ts';
import { TrainingSession } from './session.ts';
import { TrainerFactory } from './trainerFactory.ts';

export type MakeTrainer = (config: RunConfig) => Promise<Trainer>;

export const config: RunConfig = {
  ...smallRun,
  factors: { shape: 3, scale: 2, orientation: 1, posX: 4, posY: 4 },
};
const width = vaeColumns(config).length;
export const nextTask = () => new Promise<void>((resolve) => setImmediate(resolve));
const later = () => new Promise<void>((resolve) => setTimeout(resolve, 10));

/** A session, and all that it was told. */
export function open(lockstep: Lockstep, createTrainer: MakeTrainer) {
  const events: WorkerEvent[] = [];
  const factory = new TrainerFactory({
    productRate: async () => 1e9,
    shelf: emptyShelf,
    probeWebGpu: async () => ({ available: false, reason: errorReport('WebGpuUnavailableError.missing') }),
    createTrainer: (_, runConfig) => createTrainer(runConfig),
  });
  const { handlers } = new TrainingSession(factory, lockstep, (event) => events.push(event));
  const state = () => {
    const last = events.findLast((event) => event.type === 'state');
    if (last?.type !== 'state') throw new Error('No state yet.');
    return last.state;
  };
  /** Of the run since it was at its start, by step. */
  const rows = () => {
    const from = events.findLastIndex(({ type }) => type === 'restarted');
    return events
      .slice(from + 1)
      .flatMap((event) => (event.type === 'metrics' ? [event.batch] : []))
      .flatMap(({ firstStep, rows }) =>
        Array.from({ length: rows.length / width }, (_, i) => ({
          step: firstStep + i,
          row: Array.from(rows.subarray(i * width, (i + 1) * width)),
        })),
      );
  };
  const weights = async () => {
    const { tensors, metadata } = readSafetensors((await handlers.exportWeights({})).bytes);
    return { step: metadata.step, tensors: [...tensors].map(([name, { data }]) => [name, [...data]]) };
  };
  const of = <Type extends WorkerEvent['type']>(type: Type) =>
    events.filter((event): event is Extract<WorkerEvent, { type: Type }> => event.type === type);
  return { ...handlers, events, state, rows, weights, of };
}

export type Opened = ReturnType<typeof open>;

export async function openPair(createTrainer: MakeTrainer, rival: Partial<RunConfig>) {
  const lockstep = new Lockstep(nextTask);
  const a = open(lockstep, createTrainer);
  await a.configure({ config, engine: 'tfjs-cpu' });
  const b = open(lockstep, createTrainer);
  await b.configure({ config: { ...config, ...rival }, engine: 'tfjs-cpu' });
  return [a, b] as const;
}

export async function reach({ state }: Opened, step: number) {
  while (state().step < step && state().phase === 'running') await later();
}

export async function until(condition: () => boolean) {
  while (!condition()) await later();
}

export const cpu: MakeTrainer = async (runConfig) =>
  createTfjsTrainer(runConfig, await startTfjs('tfjs-cpu'));

export const wasm: MakeTrainer = async (runConfig) =>
  createTfjsTrainer(runConfig, await startTfjs('tfjs-wasm', { wasmFiles }));

/** The plan with one device for all runs, as in the browser. */
export async function planOn({ adapter, name }: NodeWebGpu): Promise<MakeTrainer> {
  const device = await requestPlanDevice(adapter);
  const runsOn = { engine: 'webgpu', adapter: name, software: true } as const;
  return (runConfig) => createPlanTrainer(vaeModel(runConfig), device, runsOn);
}
