import { AppError, type ErrorReport, reported } from '../../errors.ts';
import type { KeptCopy, RunDatabase } from './runDatabase.ts';
import { storageReport } from './storageProblem.ts';

/** Where checkpoints are kept. What storage throws rejects under its own name: see `storageReport`. */
export interface CopyStore {
  /**
   * Resolves with the bytes of the weights: they may have been away meanwhile, and come back where it fails too.
   */
  write(copy: KeptCopy): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly error: unknown }>;
  /** No page is at the run any more; without `keepWeights` nothing of it is left. */
  end(key: string, keepWeights: boolean): Promise<void>;
}

/** On this thread. */
export class DirectCopies implements CopyStore {
  readonly #database: RunDatabase;

  constructor(database: RunDatabase) {
    this.#database = database;
  }

  async write(copy: KeptCopy): ReturnType<CopyStore['write']> {
    const error = await this.#database.writeCopy(copy).then(
      () => null,
      (thrown: unknown) => thrown ?? new AppError('StorageError.failed'),
    );
    return { bytes: copy.weights.bytes, error };
  }

  end(key: string, keepWeights: boolean): Promise<void> {
    return this.#database.endPresent(key, keepWeights);
  }
}

type CopyRequest =
  | { readonly id: number; readonly kind: 'write'; readonly copy: KeptCopy }
  | { readonly id: number; readonly kind: 'end'; readonly key: string; readonly keepWeights: boolean };

interface CopyReply {
  readonly id: number;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly error: ErrorReport | null;
}

/** A Worker, as far as it is needed here. */
interface PortTaker {
  postMessage(message: null, transfer: Transferable[]): void;
}

/**
 * In a Worker of its own: handing megabytes to IndexedDB takes the calling thread tens of milliseconds each, which
 * is too long for the page's, and for the one that trains.
 */
export class WorkerCopies implements CopyStore {
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, (reply: CopyReply) => void>();
  #nextId = 1;

  constructor(worker: PortTaker) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<CopyReply>) => {
      this.#waiting.get(data.id)?.(data);
      this.#waiting.delete(data.id);
    };
    worker.postMessage(null, [port2]);
  }

  async write(copy: KeptCopy): ReturnType<CopyStore['write']> {
    const { bytes, error } = await this.#ask({ id: this.#nextId++, kind: 'write', copy }, [
      copy.weights.bytes.buffer,
    ]);
    return { bytes: bytes ?? new Uint8Array(), error: error && reported(error) };
  }

  async end(key: string, keepWeights: boolean): Promise<void> {
    const { error } = await this.#ask({ id: this.#nextId++, kind: 'end', key, keepWeights }, []);
    if (error) throw reported(error);
  }

  #ask(request: CopyRequest, transfer: Transferable[]): Promise<CopyReply> {
    return new Promise((resolve) => {
      this.#waiting.set(request.id, resolve);
      this.#port.postMessage(request, transfer);
    });
  }
}

/** Answers a page's `WorkerCopies`, one request after the other: what came last is what stays. */
export function serveCopies(port: MessagePort, copies: CopyStore): void {
  let last: Promise<unknown> = Promise.resolve();
  port.onmessage = ({ data }: MessageEvent<CopyRequest>) => {
    last = last.then(async () => {
      const reply = await answer(data, copies);
      port.postMessage(reply, reply.bytes ? [reply.bytes.buffer] : []);
    });
  };
}

async function answer(request: CopyRequest, copies: CopyStore): Promise<CopyReply> {
  const { id } = request;
  if (request.kind === 'write') {
    const { bytes, error } = await copies.write(request.copy);
    return { id, bytes, error: error === null ? null : storageReport(error) };
  }
  try {
    await copies.end(request.key, request.keepWeights);
    return { id, bytes: null, error: null };
  } catch (thrown) {
    return { id, bytes: null, error: storageReport(thrown) };
  }
}
