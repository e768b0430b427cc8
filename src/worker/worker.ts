import type { CommandMessage, WorkerEvent } from '../protocol/messages.ts';
import { type PageEndpoint, serve } from '../protocol/server.ts';
import { probeWebGpu } from '../trainer/webgpuProbe.ts';
import { createBrowserTrainer } from './browserTrainers.ts';
import { createNextTask } from './nextTask.ts';
import { TrainingSession } from './session.ts';
import { TrainerFactory } from './trainerFactory.ts';

const factory = new TrainerFactory({ probeWebGpu, createTrainer: createBrowserTrainer });

const page: PageEndpoint = {
  postMessage: (message, transfer) => self.postMessage(message, { transfer }),
  addEventListener: (type, listener) =>
    self.addEventListener(type, (event: MessageEvent<CommandMessage>) => listener(event)),
};

// Events can arise only once a command has come, which is after `serve` has returned.
let emit: (event: WorkerEvent) => void = () => undefined;
const session = new TrainingSession(factory, (event) => emit(event), createNextTask());
emit = serve(page, session.handlers);
