import { createStore } from 'zustand/vanilla';
import { reportOf } from '../../errors.ts';
import type { Picture } from '../../model/pictures.ts';
import { WorkerClient } from '../../protocol/client.ts';
import type { MessageFor } from '../../protocol/contract.ts';
import type {
  FitChoice,
  GivenFile,
  KeptSet,
  Look,
  OwnImagesCommands,
  OwnImagesEvent,
} from '../../protocol/ownImages.ts';
import type { ErrorReport, Part } from '../../report.ts';

type OwnImagesClient = WorkerClient<OwnImagesCommands, OwnImagesEvent>;

/** What is being done with the files that a person gave. */
export type Intake =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking'; readonly name: string }
  | {
      readonly kind: 'looked';
      readonly look: Look;
      readonly fit: FitChoice;
      readonly pictures: readonly Picture[];
    }
  | OwnImagesEvent
  | { readonly kind: 'taken'; readonly set: KeptSet; readonly notes: readonly Part[] }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export interface OwnImagesState {
  readonly intake: Intake;
  /** Null until they were asked for. */
  readonly sets: readonly KeptSet[] | null;
  /** Why the sets cannot be listed or changed. */
  readonly problem: ErrorReport | null;
}

/** A person's own images: what is given, and what this browser keeps. The Worker is started when it is first needed. */
export class OwnImages {
  readonly state = createStore<OwnImagesState>(() => ({
    intake: { kind: 'idle' },
    sets: null,
    problem: null,
  }));
  readonly #start: () => Worker;
  #client: OwnImagesClient | null = null;
  /** Counts what was given, so that answers to what came before are passed over. */
  #turn = 0;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  /** Looks at files. `size`: height and width that images are to have at first. */
  async give(files: readonly GivenFile[], size: FitChoice['size']): Promise<void> {
    const [first] = files;
    if (!first) return;
    this.cancel();
    const turn = this.#turn;
    this.#show({ kind: 'looking', name: first.path.split('/')[0] });
    await this.#attempt(turn, async () => {
      const look = await this.#worker.send('look', { files });
      const fit: FitChoice = { size, channels: look.first?.colour ? 3 : 1 };
      const pictures = await this.#worker.send('preview', fit);
      if (turn === this.#turn) this.#show({ kind: 'looked', look, fit, pictures });
    });
  }

  /** Looks at them in another size, or in other colours. */
  async choose(change: Partial<FitChoice>): Promise<void> {
    const { intake } = this.state.getState();
    if (intake.kind !== 'looked') return;
    const turn = this.#turn;
    const fit = { ...intake.fit, ...change };
    this.#show({ ...intake, fit });
    await this.#attempt(turn, async () => {
      const pictures = await this.#worker.send('preview', fit);
      const now = this.state.getState().intake;
      if (now.kind === 'looked' && now.fit === fit) this.#show({ ...now, pictures });
    });
  }

  async take(name: string, seed: number): Promise<void> {
    const { intake } = this.state.getState();
    if (intake.kind !== 'looked') return;
    const turn = this.#turn;
    this.#show({ kind: 'taking', part: 0 });
    await this.#attempt(turn, async () => {
      const { set, notes } = await this.#worker.send('take', { ...intake.fit, name, seed });
      if (turn !== this.#turn) return;
      this.#show({ kind: 'taken', set, notes });
      await this.list();
    });
  }

  /** Leaves what is under way, and the files that were given. */
  cancel(): void {
    this.#turn++;
    const { intake } = this.state.getState();
    // A Worker in the midst of reading listens to nobody.
    if (intake.kind === 'looking' || isTaking(intake)) this.#end();
    this.#show({ kind: 'idle' });
  }

  async list(): Promise<void> {
    try {
      this.state.setState({ sets: await this.#worker.send('list', {}), problem: null });
    } catch (thrown) {
      this.state.setState({ problem: reportOf(thrown) });
    }
  }

  async rename(hash: string, name: string): Promise<void> {
    await this.#change(() => this.#worker.send('rename', { hash, name }));
  }

  async remove(hash: string): Promise<void> {
    await this.#change(() => this.#worker.send('remove', { hash }));
  }

  async #change(task: () => Promise<unknown>): Promise<void> {
    try {
      await task();
      await this.list();
    } catch (thrown) {
      this.state.setState({ problem: reportOf(thrown) });
    }
  }

  async #attempt(turn: number, task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (thrown) {
      if (turn === this.#turn) this.#show({ kind: 'failed', error: reportOf(thrown) });
    }
  }

  #show(intake: Intake): void {
    this.state.setState({ intake });
  }

  get #worker(): OwnImagesClient {
    if (this.#client) return this.#client;
    const client = clientOf(this.#start());
    client.onEvent((event) => {
      if (isTaking(this.state.getState().intake)) this.#show(event);
    });
    client.onCrash(() => {
      this.#client = null;
    });
    this.#client = client;
    return client;
  }

  #end(): void {
    this.#client?.dispose();
    this.#client = null;
  }
}

/** Whether a set is being made. */
function isTaking({ kind }: Intake): boolean {
  return kind === 'taking' || kind === 'keeping';
}

function clientOf(worker: Worker): OwnImagesClient {
  return new WorkerClient<OwnImagesCommands, OwnImagesEvent>({
    postMessage: (message) => worker.postMessage(message),
    listen: (listener) => {
      worker.onmessage = ({ data }: MessageEvent<MessageFor<OwnImagesCommands, OwnImagesEvent>>) =>
        listener.message(data);
      worker.onmessageerror = () => listener.messageError();
      worker.onerror = () => listener.error();
    },
    close: () => worker.terminate(),
  });
}
