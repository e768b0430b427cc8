import { type ExhibitName, exhibitNames } from '../config/exhibits.ts';
import { createWasmTrainer } from '../engines/wasm/createWasmTrainer.ts';
import type { WasmEngine } from '../engines/wasm/module.ts';
import { modelOf } from '../families/families.ts';
import { type ExhibitPart, readDecoder, readEncoder } from '../files/exhibit.ts';
import type { ExhibitView } from '../model/exhibit.ts';
import type { Picture } from '../model/pictures.ts';
import { Exhibit } from '../run/exhibit.ts';
import { Lock } from './lock.ts';

export interface ExhibitSources {
  openEngine(): Promise<WasmEngine>;
  fetchFile(name: ExhibitName, part: ExhibitPart): Promise<Uint8Array>;
}

/**
 * The trained models that ship with the page. Each file is fetched when it is first needed, and again if that
 * failed.
 */
export class Exhibits {
  readonly #sources: ExhibitSources;
  readonly #exhibits = new Map<ExhibitName, Promise<Exhibit>>();
  readonly #encoders = new Map<ExhibitName, Promise<void>>();
  readonly #lock = new Lock();
  #engine: Promise<WasmEngine> | null = null;

  constructor(sources: ExhibitSources) {
    this.#sources = sources;
  }

  /** @throws what fetching and reading its files throws. */
  async show(name: ExhibitName, factors: readonly number[]): Promise<ExhibitView> {
    const exhibit = await this.#exhibit(name);
    if (!exhibit.canShow(factors)) await this.#encoder(name);
    return this.#lock.run(() => exhibit.show(factors));
  }

  async decode(name: ExhibitName, code: Float32Array): Promise<Picture> {
    const exhibit = await this.#exhibit(name);
    return this.#lock.run(() => exhibit.decode(code));
  }

  /** One after the other: decoders first, which are what another model is chosen for. */
  async fetchAll(): Promise<void> {
    for (const name of exhibitNames) await this.#exhibit(name);
    for (const name of exhibitNames) await this.#encoder(name);
  }

  #exhibit(name: ExhibitName): Promise<Exhibit> {
    return once(this.#exhibits, name, async () => {
      this.#engine ??= this.#sources.openEngine();
      const [engine, bytes] = await Promise.all([this.#engine, this.#sources.fetchFile(name, 'decoder')]);
      return new Exhibit(readDecoder(bytes), (config) => createWasmTrainer(modelOf(config), engine));
    });
  }

  #encoder(name: ExhibitName): Promise<void> {
    return once(this.#encoders, name, async () => {
      const exhibit = await this.#exhibit(name);
      const weights = readEncoder(await this.#sources.fetchFile(name, 'encoder'));
      await this.#lock.run(() => exhibit.addEncoder(weights));
    });
  }
}

/** What is made once for a key; a failure is forgotten, so that the next one tries again. */
function once<Value>(
  made: Map<ExhibitName, Promise<Value>>,
  name: ExhibitName,
  make: () => Promise<Value>,
): Promise<Value> {
  const before = made.get(name);
  if (before) return before;
  const value = make();
  made.set(name, value);
  value.catch(() => made.delete(name));
  return value;
}
