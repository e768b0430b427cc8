import { probeWebGpu } from '../engines/webgpuProbe.ts';
import type { CommandMessage, WorkerEvent } from '../protocol/messages.ts';
import { serve } from '../protocol/server.ts';
import { browserProductRate, createBrowserTrainer } from './browserTrainers.ts';
import { browserShelf } from './dataShelf.ts';
import { Lockstep } from './lockstep.ts';
import { createNextTask } from './nextTask.ts';
import { TrainingSession } from './session.ts';
import { TrainerFactory } from './trainerFactory.ts';

const factory = new TrainerFactory({
  probeWebGpu,
  productRate: browserProductRate,
  createTrainer: createBrowserTrainer,
  shelf: browserShelf,
});
const lockstep = new Lockstep(createNextTask());

/** Serves a session on a port; all of them train in lockstep. */
function open(port: MessagePort): void {
  // Events can arise only once a command has come, which is after `serve` has returned; before that nobody
  // listens.
  let emit: (event: WorkerEvent) => void = () => undefined;
  const session = new TrainingSession(factory, lockstep, (event) => emit(event));
  emit = serve(
    {
      postMessage: (message, transfer) => port.postMessage(message, transfer),
      addEventListener: (type, listener) =>
        port.addEventListener(type, (event: MessageEvent<CommandMessage>) => listener(event)),
    },
    session.handlers,
  );
  port.start();
}

// The page sends the Worker ports and nothing else: see ui/session/lanes.ts.
self.addEventListener('message', ({ ports }: MessageEvent) => {
  for (const port of ports) open(port);
});
