import { type LiveKey, type LiveSettings, liveKeys } from '../../config/schema.ts';
import type { LiveMove } from '../../protocol/messages.ts';
import { latestOnly } from './latest.ts';

/** Of a dragged slider some values a second are sent, not one for every pixel. */
const restMs = 120;

interface SetValue {
  readonly value: number;
  readonly gesture: number | undefined;
}

/** Live settings on their way to the trainer: of a burst the first and the last are sent. */
export class LiveSender {
  readonly #send: (settings: LiveMove) => Promise<void>;
  /** Values a person set that the Worker has not confirmed yet. */
  readonly #unconfirmed = new Map<LiveKey, SetValue>();

  constructor(send: (settings: LiveMove) => Promise<void>) {
    this.#send = send;
  }

  set(key: LiveKey, value: number, gesture?: number): void {
    this.#unconfirmed.set(key, { value, gesture });
    this.#sendNext(null);
  }

  /** What the Worker says it uses, but for what a person has set since: that is newer. */
  merged(live: LiveSettings): LiveSettings {
    const merged = { ...live };
    for (const key of liveKeys) merged[key] = this.#unconfirmed.get(key)?.value ?? live[key];
    return merged;
  }

  readonly #sendNext = latestOnly<null>(async () => {
    const sent = [...this.#unconfirmed];
    if (sent.length === 0) return;
    const gestures = Object.fromEntries(
      sent.flatMap(([key, { gesture }]) => (gesture === undefined ? [] : [[key, gesture]])),
    );
    await this.#send({ ...Object.fromEntries(sent.map(([key, { value }]) => [key, value])), gestures });
    for (const [key, set] of sent) if (this.#unconfirmed.get(key) === set) this.#unconfirmed.delete(key);
    await new Promise((resolve) => setTimeout(resolve, restMs));
  });
}
