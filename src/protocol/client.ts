import { type AppError, reported } from '../errors.ts';
import { type ErrorReport, errorReport } from '../report.ts';
import type {
  CommandMessage,
  CommandName,
  ParamsOf,
  ResultMessage,
  ResultOf,
  WorkerEvent,
  WorkerMessage,
} from './messages.ts';

/** What becomes of a Worker's messages, and of the Worker. */
export interface WorkerListener {
  message(message: WorkerMessage): void;
  /** The Worker stopped. */
  error(): void;
  messageError(): void;
}

/** One session's way to a Worker. */
export interface WorkerEndpoint {
  postMessage<Name extends CommandName>(message: CommandMessage<Name>): void;
  listen(listener: WorkerListener): void;
  /** The session needs the Worker no longer. */
  close(): void;
}

type Resolvers = { readonly [Name in CommandName]: Map<number, (result: ResultOf<Name>) => void> };

/** The page's end of the protocol: commands as promises, events to listeners. */
export class WorkerClient {
  readonly #worker: WorkerEndpoint;
  readonly #resolvers: Resolvers = {
    probe: new Map(),
    ping: new Map(),
    configure: new Map(),
    run: new Map(),
    pause: new Map(),
    step: new Map(),
    reset: new Map(),
    setLive: new Map(),
    setSpeed: new Map(),
    setTraversalBase: new Map(),
    watchCodes: new Map(),
    encodeFactors: new Map(),
    decode: new Map(),
    traceFactor: new Map(),
    evaluate: new Map(),
    cancelEvaluation: new Map(),
    setEvaluateEvery: new Map(),
    turnRows: new Map(),
    measureTurned: new Map(),
    exportWeights: new Map(),
    checkpoint: new Map(),
    copy: new Map(),
    leave: new Map(),
  };
  readonly #rejecters = new Map<number, (error: AppError) => void>();
  readonly #eventListeners = new Set<(event: WorkerEvent) => void>();
  readonly #crashListeners = new Set<(error: ErrorReport) => void>();
  #nextId = 1;
  #dead: ErrorReport | null = null;

  constructor(worker: WorkerEndpoint) {
    this.#worker = worker;
    worker.listen({
      message: (message) => this.#receive(message),
      error: () => this.#lose('crashed'),
      messageError: () => this.#lose('unreadable'),
    });
  }

  /** Sends a command; resolves with its result or rejects with the AppError that the Worker answered. */
  send<Name extends CommandName>(name: Name, params: ParamsOf<Name>): Promise<ResultOf<Name>> {
    if (this.#dead) return Promise.reject(reported(this.#dead));
    const id = this.#nextId++;
    const message: CommandMessage<Name> = { id, name, params };
    return new Promise((resolve, reject) => {
      this.#resolvers[name].set(id, resolve);
      this.#rejecters.set(id, reject);
      this.#worker.postMessage(message);
    });
  }

  /** Calls the listener with every event from now on; returns how to stop that. */
  onEvent(listener: (event: WorkerEvent) => void): () => void {
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

  #receive(message: WorkerMessage): void {
    switch (message.kind) {
      case 'event':
        for (const listener of this.#eventListeners) listener(message.event);
        return;
      case 'result':
        this.#resolve(message);
        return;
      case 'failure':
        this.#rejecters.get(message.id)?.(reported(message.error));
        this.#forget(message.id);
    }
  }

  #resolve<Name extends CommandName>(message: ResultMessage<Name>): void {
    this.#resolvers[message.name].get(message.id)?.(message.result);
    this.#forget(message.id);
  }

  #forget(id: number): void {
    this.#rejecters.delete(id);
    for (const resolvers of Object.values(this.#resolvers)) resolvers.delete(id);
  }

  /** The Worker is gone: whatever waits is rejected with a WorkerLostError. */
  #lose(how: 'crashed' | 'unreadable' | 'silent'): void {
    this.#die(errorReport(`WorkerLostError.${how}`));
  }

  #die(error: ErrorReport): void {
    if (this.#dead) return;
    this.#dead = error;
    this.#worker.close();
    for (const reject of this.#rejecters.values()) reject(reported(error));
    this.#rejecters.clear();
    for (const resolvers of Object.values(this.#resolvers)) resolvers.clear();
    for (const listener of this.#crashListeners) listener(error);
  }
}
