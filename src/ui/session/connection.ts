import type { WorkerClient } from '../../protocol/client.ts';
import type { CommandName, ParamsOf, ResultOf } from '../../protocol/messages.ts';

/** A session's way to the Worker: opened when it is first needed, and again after it was closed. */
export class Connection {
  readonly #open: () => WorkerClient;
  #client: WorkerClient | null = null;

  /** @param open Makes a client with whatever is to listen to it. */
  constructor(open: () => WorkerClient) {
    this.#open = open;
  }

  /** Sends a command. Rejects with what the Worker answers, and where this browser has no Workers. */
  async send<Name extends CommandName>(name: Name, params: ParamsOf<Name>): Promise<ResultOf<Name>> {
    this.#client ??= this.#open();
    return this.#client.send(name, params);
  }

  /** Ends a Worker that does not answer, as if it had crashed. */
  abandon(): void {
    this.#client?.abandon();
  }

  close(): void {
    this.#client?.dispose();
    this.#client = null;
  }
}
