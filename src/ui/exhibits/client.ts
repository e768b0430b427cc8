import { reported } from '../../errors.ts';
import type {
  ExhibitAnswer,
  ExhibitCommand,
  ExhibitCommandName,
  ExhibitCommands,
} from '../../protocol/exhibits.ts';
import { type ErrorReport, errorReport } from '../../report.ts';

/** What the client needs of a Worker. */
export interface ExhibitPort {
  postMessage<Name extends ExhibitCommandName>(command: ExhibitCommand<Name>): void;
  listen(listener: { answer(answer: ExhibitAnswer): void; crash(): void }): void;
  close(): void;
}

/** The Worker of the trained models, as a port. */
export function portOf(worker: Worker): ExhibitPort {
  return {
    postMessage: (command) => worker.postMessage(command),
    listen: ({ answer, crash }) => {
      worker.onmessage = ({ data }: MessageEvent<ExhibitAnswer>) => answer(data);
      worker.onerror = crash;
    },
    close: () => worker.terminate(),
  };
}

type Resolvers = {
  readonly [Name in ExhibitCommandName]: Map<number, (result: ExhibitCommands[Name]['result']) => void>;
};

/** The page's end of the way to the trained models: commands as promises. */
export class ExhibitClient {
  readonly #port: ExhibitPort;
  readonly #resolvers: Resolvers = { show: new Map(), decode: new Map(), fetchAll: new Map() };
  readonly #rejecters = new Map<number, (reason: Error) => void>();
  #nextId = 1;

  constructor(port: ExhibitPort) {
    this.#port = port;
    port.listen({
      answer: (answer) => this.#receive(answer),
      crash: () => this.#rejectAll(errorReport('WorkerLostError.crashed')),
    });
  }

  send<Name extends ExhibitCommandName>(
    name: Name,
    params: ExhibitCommands[Name]['params'],
  ): Promise<ExhibitCommands[Name]['result']> {
    const id = this.#nextId++;
    const command: ExhibitCommand<Name> = { id, name, params };
    return new Promise((resolve, reject) => {
      this.#resolvers[name].set(id, resolve);
      this.#rejecters.set(id, reject);
      this.#port.postMessage(command);
    });
  }

  /** Ends the Worker; what still waits is rejected with a WorkerClosedError. */
  close(): void {
    this.#port.close();
    this.#rejectAll(errorReport('WorkerClosedError'));
  }

  #receive(answer: ExhibitAnswer): void {
    if (answer.kind === 'failure') this.#rejecters.get(answer.id)?.(reported(answer.error));
    else this.#resolve(answer);
    this.#rejecters.delete(answer.id);
    for (const resolvers of Object.values(this.#resolvers)) resolvers.delete(answer.id);
  }

  #resolve<Name extends ExhibitCommandName>({
    id,
    name,
    result,
  }: Extract<ExhibitAnswer<Name>, { kind: 'result' }>): void {
    this.#resolvers[name].get(id)?.(result);
  }

  #rejectAll(error: ErrorReport): void {
    for (const reject of this.#rejecters.values()) reject(reported(error));
    this.#rejecters.clear();
  }
}
