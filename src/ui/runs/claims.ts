/** Which runs are those of a page that lives, in any tab: they are nobody else's to go on with. */
export interface Claims {
  /** Takes a run for this page; resolves to whether no other page has it. */
  take(key: string): Promise<boolean>;
  release(key: string): void;
  /** Those of the keys that a page has, this one included. */
  taken(keys: readonly string[]): Promise<ReadonlySet<string>>;
}

/** By the browser's locks, which end with their page however it ends. */
export class LockClaims implements Claims {
  readonly #locks: LockManager;
  readonly #releases = new Map<string, () => void>();

  constructor(locks: LockManager) {
    this.#locks = locks;
  }

  take(key: string): Promise<boolean> {
    if (this.#releases.has(key)) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      this.#locks
        .request(lockName(key), { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          // Held for as long as the promise waits.
          return lock && new Promise<void>((release) => this.#releases.set(key, release));
        })
        .catch(reject);
    });
  }

  release(key: string): void {
    this.#releases.get(key)?.();
    this.#releases.delete(key);
  }

  async taken(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const { held = [] } = await this.#locks.query();
    const names = new Set(held.map(({ name }) => name));
    return new Set(keys.filter((key) => names.has(lockName(key))));
  }
}

const lockName = (key: string) => `factorvae-run ${key}`;

/** How long other tabs have to answer. */
const answerMs = 400;

type Message =
  | { readonly kind: 'whose'; readonly keys: readonly string[] }
  | { readonly kind: 'mine'; readonly keys: readonly string[] };

/** By asking the other tabs, where a page has no locks: on plain http, but for localhost. */
export class AskedClaims implements Claims {
  readonly #channel: BroadcastChannel;
  readonly #own = new Set<string>();

  constructor(channel: BroadcastChannel) {
    this.#channel = channel;
    channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      const mine = data.kind === 'whose' ? data.keys.filter((key) => this.#own.has(key)) : [];
      if (mine.length > 0) this.#post({ kind: 'mine', keys: mine });
    });
  }

  async take(key: string): Promise<boolean> {
    if (this.#own.has(key)) return true;
    if ((await this.taken([key])).has(key)) return false;
    this.#own.add(key);
    return true;
  }

  release(key: string): void {
    this.#own.delete(key);
  }

  async taken(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const taken = new Set(keys.filter((key) => this.#own.has(key)));
    const listen = ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'mine') for (const key of data.keys) taken.add(key);
    };
    this.#channel.addEventListener('message', listen);
    this.#post({ kind: 'whose', keys });
    await new Promise((resolve) => setTimeout(resolve, answerMs));
    this.#channel.removeEventListener('message', listen);
    return taken;
  }

  #post(message: Message): void {
    this.#channel.postMessage(message);
  }
}

/** As this browser allows; without anything to tell by, every run is this page's. */
export function openClaims(): Claims {
  if (typeof navigator !== 'undefined' && navigator.locks) return new LockClaims(navigator.locks);
  if (typeof BroadcastChannel !== 'undefined')
    return new AskedClaims(new BroadcastChannel('factorvae-claims'));
  return { take: async () => true, release: () => undefined, taken: async () => new Set() };
}
