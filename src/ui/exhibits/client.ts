import { WorkerClient } from '../../protocol/client.ts';
import type { MessageFor } from '../../protocol/contract.ts';
import type { ExhibitCommands } from '../../protocol/exhibits.ts';

export type ExhibitClient = WorkerClient<ExhibitCommands, never>;

/** The way to the Worker of the trained models, which ends with it. */
export function exhibitClient(worker: Worker): ExhibitClient {
  return new WorkerClient({
    postMessage: (message) => worker.postMessage(message),
    listen: (listener) => {
      worker.onmessage = ({ data }: MessageEvent<MessageFor<ExhibitCommands, never>>) =>
        listener.message(data);
      worker.onmessageerror = () => listener.messageError();
      worker.onerror = () => listener.error();
    },
    close: () => worker.terminate(),
  });
}
