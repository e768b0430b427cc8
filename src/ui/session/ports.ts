import { WorkerClient } from '../../protocol/client.ts';
import type { WorkerMessage } from '../../protocol/messages.ts';

/**
 * How the page's sessions reach their Worker: each by a port of its own, all of them the same Worker, so that they
 * share the GPU and take turns on it. It is started for the first and ended with the last of them, or when it
 * crashes.
 */
export class WorkerPorts {
  readonly #start: () => Worker;
  readonly #open = new Set<MessagePort>();
  #worker: Worker | null = null;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  /** A way to the Worker for one more session. Throws what starting it throws. */
  open = (): WorkerClient => {
    const { port1: port, port2 } = new MessageChannel();
    this.#worker ??= this.#start();
    const worker = this.#worker;
    worker.postMessage(null, [port2]);
    this.#open.add(port);
    return new WorkerClient({
      postMessage: (message) => port.postMessage(message),
      listen: (listener) => {
        port.onmessage = ({ data }: MessageEvent<WorkerMessage>) => listener.message(data);
        port.onmessageerror = () => listener.messageError();
        worker.addEventListener('error', ({ message, filename, lineno }) => {
          console.warn('The training worker stopped:', message, filename, lineno);
          listener.error();
        });
      },
      close: () => this.#close(port),
    });
  };

  #close(port: MessagePort): void {
    port.close();
    this.#open.delete(port);
    if (this.#open.size > 0) return;
    this.#worker?.terminate();
    this.#worker = null;
  }
}
