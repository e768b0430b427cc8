import type { Player } from '../../config/players.ts';
import type { LiveKey, LiveSettings } from '../../config/schema.ts';
import type { Speed } from '../../protocol/messages.ts';
import type { Connection } from './connection.ts';
import { LiveSender } from './liveSender.ts';
import type { Attempt } from './modelQueries.ts';
import type { RunStore } from './store.ts';

interface TrainingParts {
  readonly worker: Connection;
  readonly run: RunStore;
  readonly attempt: Attempt;
  /** Waited for before the run goes back to its start. */
  readonly leave: () => Promise<void>;
  /** Told of each move. */
  readonly moved: () => void;
}

/** What a person does with the run of a session: has it train, and moves its settings. */
export class Training {
  readonly #parts: TrainingParts;
  readonly #live: LiveSender;

  constructor(parts: TrainingParts) {
    this.#parts = parts;
    const { worker, attempt, moved } = parts;
    this.#live = new LiveSender(async (settings) => {
      await attempt(() => worker.send('setLive', settings));
      moved();
    });
  }

  play = async (): Promise<void> => {
    const { worker, run, attempt } = this.#parts;
    run.setState({ error: null });
    await attempt(() => worker.send('run', {}));
  };

  pause = async (): Promise<void> => {
    const { worker, run, attempt } = this.#parts;
    run.setState({ pausing: true });
    await attempt(() => worker.send('pause', {}));
    run.setState({ pausing: false });
  };

  /** `only`: the one player that learns in it. */
  singleStep = async (only?: Player): Promise<void> => {
    const { worker, attempt, moved } = this.#parts;
    await attempt(() => worker.send('step', only ? { only } : {}));
    if (only) moved();
  };

  reset = async (): Promise<void> => {
    const { worker, attempt, leave } = this.#parts;
    await attempt(async () => {
      await leave();
      await worker.send('reset', {});
    });
  };

  /** Outlives the run. */
  setSpeed = async (stepsPerSecond: Speed): Promise<void> => {
    const { worker, run, attempt } = this.#parts;
    run.setState({ speedLimit: stepsPerSecond });
    await attempt(() => worker.send('setSpeed', { stepsPerSecond }));
  };

  /**
   * Shows the value at once and lets it act on the next step. Values of one gesture are one move (see Gestures).
   */
  setLive(key: LiveKey, value: number, gesture?: number): void {
    const { run } = this.#parts;
    const { live } = run.getState();
    if (!live || live[key] === value) return;
    run.setState({ live: { ...live, [key]: value } });
    this.#live.set(key, value, gesture);
  }

  /** The Worker says what settings it has: they are shown, but for what a person has moved since. */
  receive(live: LiveSettings): void {
    this.#parts.run.setState({ live: this.#live.merged(live) });
  }
}
