import { type DBSchema, openDB } from 'idb';
import { z } from 'zod';
import type { MeasuredTiles, TileMemory } from '../engines/webgpu/tileMemory.ts';

const rowSchema = z.object({
  adapter: z.string(),
  savedAt: z.number(),
  tiles: z.array(z.tuple([z.string(), z.object({ tile: z.string(), ms: z.number().nonnegative() })])),
});

interface Schema extends DBSchema {
  /** Of the adapter used last alone, for a changed driver or browser makes another one of it. */
  tiles: { key: string; value: z.infer<typeof rowSchema> };
}

const storeName = 'tiles';
const rowKey = 'last';
/** A browser that has not answered by then is not waited for. */
const answerMs = 500;
/** Browsers may keep to themselves that a driver changed, so nothing is believed for longer. */
const believedMs = 30 * 24 * 3600 * 1000;

/** Measured tiles in this browser's IndexedDB. What it cannot give is measured anew. */
export class TileStore implements TileMemory {
  readonly #browser: string;
  readonly #name: string;
  readonly #now: () => number;

  /** `browser`: with its release, for another one may compile shaders otherwise. */
  constructor(browser: string, name = 'factorvae-playground-tiles', now = Date.now) {
    this.#browser = browser;
    this.#name = name;
    this.#now = now;
  }

  async read(adapter: string): Promise<MeasuredTiles> {
    const row = rowSchema.safeParse(await this.#within(async (db) => db.get(storeName, rowKey)));
    if (!row.success || row.data.adapter !== this.#keyOf(adapter)) return new Map();
    const age = this.#now() - row.data.savedAt;
    return age >= 0 && age < believedMs ? new Map(row.data.tiles) : new Map();
  }

  async write(adapter: string, measured: MeasuredTiles): Promise<void> {
    const row = { adapter: this.#keyOf(adapter), savedAt: this.#now(), tiles: [...measured] };
    await this.#within(async (db) => db.put(storeName, row, rowKey));
  }

  #keyOf(adapter: string): string {
    return `${this.#browser} ${adapter}`;
  }

  async #within<Result>(action: (db: Awaited<ReturnType<typeof open>>) => Promise<Result>) {
    const done = (async () => {
      const db = await open(this.#name);
      try {
        return await action(db);
      } finally {
        db.close();
      }
    })();
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), answerMs));
    try {
      return await Promise.race([done, late]);
    } catch (error) {
      console.warn('Measured tiles are not remembered:', error);
      return null;
    }
  }
}

function open(name: string) {
  return openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore(storeName);
    },
  });
}
