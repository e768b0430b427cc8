import type { RunConfig } from '../../src/config/schema.ts';
import { type CreateTrainer, type Engine, type OpenEngine, openEngine } from './engines.ts';

/** What trains, made ready when the first run needs it. */
export class Trainers {
  readonly #engine: Engine;
  readonly #threads: number | null;
  readonly #say: (line: string) => void;
  #opened: OpenEngine | null = null;
  /** Whether it failed, so that no run can be trained. */
  cannotBeMade = false;

  /** @param asked `threads` of the WebAssembly engine; null for one a core */
  constructor(
    { engine, threads }: { readonly engine: Engine; readonly threads: number | null },
    say: (line: string) => void,
  ) {
    this.#engine = engine;
    this.#threads = threads;
    this.#say = say;
  }

  async create(config: RunConfig): ReturnType<CreateTrainer> {
    const { create } = await this.#open();
    return create(config);
  }

  /** The engine that `auto` stands for here. */
  async engine(): Promise<OpenEngine['engine']> {
    return this.#engine === 'auto' ? (await this.#open()).engine : this.#engine;
  }

  async #open(): Promise<OpenEngine> {
    if (this.#opened) return this.#opened;
    this.cannotBeMade = true;
    this.#opened = await openEngine(this.#engine, this.#threads);
    this.cannotBeMade = false;
    if (this.#opened.notice) this.#say(this.#opened.notice);
    return this.#opened;
  }
}
