import { type AppError, reported } from '../errors.ts';
import { type ErrorReport, errorReport } from '../report.ts';
import type { CommandFor, CommandTable, MessageFor, ResultFor } from './contract.ts';
import type { Commands, WorkerEvent } from './messages.ts';

/** What becomes of a Worker's messages, and of the Worker. */
export interface WorkerListener<Table extends CommandTable<Table>, Event> {
  message(message: MessageFor<Table, Event>): void;
  /** The Worker stopped. */
  error(): void;
  messageError(): void;
}

/** One session's way to a Worker. */
export interface WorkerEndpoint<Table extends CommandTable<Table> = Commands, Event = WorkerEvent> {
  postMessage<Name extends keyof Table>(message: CommandFor<Table, Name>): void;
  listen(listener: WorkerListener<Table, Event>): void;
  /** The session needs the Worker no longer. */
  close(): void;
}

type Resolvers<Table extends CommandTable<Table>> = {
  [Name in keyof Table]?: Map<number, (result: Table[Name]['result']) => void>;
};

/** A command that is not answered yet. */
interface Waiting {
  reject(error: AppError): void;
  forget(): void;
}

/** The page's end of the protocol: commands as promises, events to listeners. */
export class WorkerClient<Table extends CommandTable<Table> = Commands, Event = WorkerEvent> {
  readonly #worker: WorkerEndpoint<Table, Event>;
  readonly #resolvers: Resolvers<Table> = {};
  readonly #waiting = new Map<number, Waiting>();
  readonly #eventListeners = new Set<(event: Event) => void>();
  readonly #crashListeners = new Set<(error: ErrorReport) => void>();
  #nextId = 1;
  #dead: ErrorReport | null = null;

  constructor(worker: WorkerEndpoint<Table, Event>) {
    this.#worker = worker;
    worker.listen({
      message: (message) => this.#receive(message),
      error: () => this.#lose('crashed'),
      messageError: () => this.#lose('unreadable'),
    });
  }

  /** Sends a command; resolves with its result or rejects with the AppError that the Worker answered. */
  send<Name extends keyof Table>(name: Name, params: Table[Name]['params']): Promise<Table[Name]['result']> {
    if (this.#dead) return Promise.reject(reported(this.#dead));
    const id = this.#nextId++;
    const message: CommandFor<Table, Name> = { id, name, params };
    return new Promise((resolve, reject) => {
      const resolvers: NonNullable<Resolvers<Table>[Name]> = this.#resolvers[name] ?? new Map();
      this.#resolvers[name] = resolvers;
      resolvers.set(id, resolve);
      this.#waiting.set(id, { reject, forget: () => resolvers.delete(id) });
      this.#worker.postMessage(message);
    });
  }

  /** Calls the listener with every event from now on; returns how to stop that. */
  onEvent(listener: (event: Event) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  /** Calls the listener once if the Worker dies; every command waiting or sent later is rejected too. */
  onCrash(listener: (error: ErrorReport) => void): () => void {
    this.#crashListeners.add(listener);
    return () => this.#crashListeners.delete(listener);
  }

  /** Ends a Worker that does not answer any more, as if it had crashed. */
  abandon(): void {
    this.#lose('silent');
  }

  /** Lets go of the Worker; commands still waiting are rejected with a WorkerClosedError. */
  dispose(): void {
    this.#crashListeners.clear();
    this.#die(errorReport('WorkerClosedError'));
  }

  #receive(message: MessageFor<Table, Event>): void {
    switch (message.kind) {
      case 'event':
        for (const listener of this.#eventListeners) listener(message.event);
        return;
      case 'result':
        this.#resolve(message);
        return;
      case 'failure':
        this.#waiting.get(message.id)?.reject(reported(message.error));
        this.#forget(message.id);
    }
  }

  #resolve<Name extends keyof Table>(message: ResultFor<Table, Name>): void {
    this.#resolvers[message.name]?.get(message.id)?.(message.result);
    this.#forget(message.id);
  }

  #forget(id: number): void {
    this.#waiting.get(id)?.forget();
    this.#waiting.delete(id);
  }

  /** The Worker is gone: whatever waits is rejected with a WorkerLostError. */
  #lose(how: 'crashed' | 'unreadable' | 'silent'): void {
    this.#die(errorReport(`WorkerLostError.${how}`));
  }

  #die(error: ErrorReport): void {
    if (this.#dead) return;
    this.#dead = error;
    this.#worker.close();
    for (const { reject, forget } of this.#waiting.values()) {
      reject(reported(error));
      forget();
    }
    this.#waiting.clear();
    for (const listener of this.#crashListeners) listener(error);
  }
}
