import { emptyShelf } from '../data/own/opened.ts';
import { startTfjs } from '../engines/tfjs/backends.ts';
import { AppError } from '../errors.ts';
import { createTfjsTrainer } from '../families/createTfjsTrainer.ts';
import { vaeColumns } from '../families/vae/columns.ts';
import type { MetricsBatch } from '../model/columns.ts';
import type { PictureSet } from '../model/pictures.ts';
import type { WorkerEvent } from '../protocol/messages.ts';
import { errorReport } from '../report.ts';
import { smallRun } from '../run/smallRun.fixture.ts';
import { Lockstep } from './lockstep.ts';
import { TrainingSession } from './session.ts';
import { TrainerFactory, type TrainerParts } from './trainerFactory.ts';

export const config = smallRun;
export const width = vaeColumns(config).length;

export const realParts: TrainerParts = {
  shelf: emptyShelf,
  probeWebGpu: async () => ({ available: false, reason: errorReport('WebGpuUnavailableError.missing') }),
  productRate: async () => 1e9,
  async createTrainer(engine, runConfig) {
    if (engine !== 'tfjs-cpu')
      throw new AppError('WasmKernelError.missing', { kernel: `${engine} in this test` });
    return createTfjsTrainer(runConfig, await startTfjs('tfjs-cpu'));
  },
};

// Node hands over up to a thousand messages of a channel before it looks at a timer; a browser does not.
const nextTask = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A session with a real trainer, and everything it emits. */
export function open(parts: TrainerParts = realParts) {
  const events: WorkerEvent[] = [];
  const session = new TrainingSession(new TrainerFactory(parts), new Lockstep(nextTask), (event) =>
    events.push(event),
  );
  const rows = () =>
    events
      .flatMap((event) => (event.type === 'metrics' ? [event.batch] : []))
      .flatMap((batch: MetricsBatch) =>
        Array.from({ length: batch.rows.length / width }, (_, i) => ({
          step: batch.firstStep + i,
          row: batch.rows.subarray(i * width, (i + 1) * width),
        })),
      );
  const states = () => events.flatMap((event) => (event.type === 'state' ? [event.state] : []));
  const pictures = (): PictureSet[] =>
    events.flatMap((event) => (event.type === 'pictures' ? [event.pictures] : []));
  const errors = () => events.flatMap((event) => (event.type === 'error' ? [event.error] : []));
  async function reach(step: number) {
    while ((rows().at(-1)?.step ?? 0) < step) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { ...session.handlers, events, rows, states, pictures, errors, reach };
}

export const configured = async (parts?: TrainerParts) => {
  const session = open(parts);
  await session.configure({ config, engine: 'tfjs-cpu' });
  return session;
};
