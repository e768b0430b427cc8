import { createStore } from 'zustand/vanilla';
import { type ExhibitName, exhibitBases, firstExhibit } from '../../config/exhibits.ts';
import { reportOf } from '../../errors.ts';
import type { ExhibitView } from '../../model/exhibit.ts';
import type { Picture } from '../../model/pictures.ts';
import type { ErrorReport } from '../../report.ts';
import { latestOnly } from '../session/latest.ts';
import type { ExhibitClient } from './client.ts';

export interface ExhibitionState {
  readonly open: boolean;
  /** The model and the picture, by its factors, that a person chose. */
  readonly name: ExhibitName;
  readonly factors: readonly number[];
  /** What the model makes of it; of the last choice until that of the present one is there. */
  readonly view: ExhibitView | null;
  /** The model that it is of. */
  readonly viewed: ExhibitName | null;
  /** The code that the sliders were moved to, and its picture; null while they show the picture's own. */
  readonly code: readonly number[] | null;
  readonly decoded: Picture | null;
  /** Why nothing can be shown. */
  readonly error: ErrorReport | null;
}

/** The trained models that the page shows before anything is trained in it. */
export class Exhibition {
  readonly state = createStore<ExhibitionState>(() => ({
    open: true,
    name: firstExhibit,
    factors: exhibitBases[0],
    view: null,
    viewed: null,
    code: null,
    decoded: null,
    error: null,
  }));
  readonly #connect: () => ExhibitClient;
  #client: ExhibitClient | null = null;

  /** @param connect Starts a Worker: another one each time the models are shown again, and after a crash. */
  constructor(connect: () => ExhibitClient) {
    this.#connect = connect;
  }

  open = (): void => {
    this.state.setState({ open: true, error: null });
    this.#ask();
  };

  /** Puts the models away, and ends their Worker. */
  close = (): void => {
    this.state.setState({ open: false });
    this.#client?.dispose();
    this.#client = null;
  };

  choose(name: ExhibitName): void {
    this.state.setState({ name, code: null, decoded: null });
    this.#ask();
  }

  look(factors: readonly number[]): void {
    this.state.setState({ factors, code: null, decoded: null });
    this.#ask();
  }

  /** Moves the code away from the picture's; null: back to it. */
  move(code: readonly number[] | null): void {
    this.state.setState(code ? { code } : { code, decoded: null });
    if (code) this.#decode(code);
  }

  /** Fetches what is left of all models: to be called once the first is on the screen. */
  async fetchAll(): Promise<void> {
    // What cannot be had is told when it is asked for.
    await this.#client?.send('fetchAll', {}).catch(() => undefined);
  }

  readonly #show = latestOnly<null>(() =>
    this.#attempt(async (client) => {
      const { name, factors } = this.state.getState();
      const view = await client.send('show', { name, factors });
      this.state.setState({ view, viewed: name, error: null });
    }),
  );

  readonly #decode = latestOnly<readonly number[]>((code) =>
    this.#attempt(async (client) => {
      const { name } = this.state.getState();
      const decoded = await client.send('decode', { name, code: Float32Array.from(code) });
      // The sliders may be back at the picture's own code, or at another model's.
      const { code: now, name: nameNow } = this.state.getState();
      if (now && nameNow === name) this.state.setState({ decoded });
    }),
  );

  #ask(): void {
    this.#show(null);
  }

  #started(): ExhibitClient {
    const client = this.#connect();
    client.onCrash((error) => {
      this.#client = null;
      this.state.setState({ error });
    });
    return client;
  }

  async #attempt(task: (client: ExhibitClient) => Promise<void>): Promise<void> {
    if (!this.state.getState().open) return;
    let client: ExhibitClient | null = null;
    try {
      this.#client ??= this.#started();
      client = this.#client;
      await task(client);
    } catch (thrown) {
      // Put away meanwhile: nobody waits for it.
      if (client === this.#client) this.state.setState({ error: reportOf(thrown) });
    }
  }
}
