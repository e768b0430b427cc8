import type { EngineChoice, EngineName, PlanEngine } from '../config/engines.ts';
import { presets } from '../config/presets.ts';
import type { RunConfig } from '../config/schema.ts';
import { type DataShelf, openImages } from '../data/own/opened.ts';
import type { Trainer } from '../engines/trainer.ts';
import type { WebGpuProbe } from '../engines/webgpuProbe.ts';
import { AppError, reportOf } from '../errors.ts';
import { modelOf } from '../families/families.ts';
import { stepFlops } from '../plan/stepFlops.ts';
import type { EngineNotice, MachineInfo } from '../protocol/messages.ts';
import { type ErrorReport, errorReport, part, type Stage } from '../report.ts';

export type OnProgress = (stage: Stage, fraction: number) => void;

/** How trainers are made here; a browser and Node differ in the parts. */
export interface TrainerParts {
  probeWebGpu(): Promise<WebGpuProbe>;
  /**
   * Floating point operations a second of a product of the networks' kind, by a short measurement.
   * @throws AppError that tells why this engine cannot be had.
   */
  productRate(engine: PlanEngine): Promise<number>;
  /** @throws AppError that tells why this engine cannot be had. */
  createTrainer(engine: EngineName, config: RunConfig, onProgress: OnProgress): Promise<Trainer>;
  /** A person's own images. */
  readonly shelf: DataShelf;
}

export interface MadeTrainer {
  readonly trainer: Trainer;
  readonly notices: readonly EngineNotice[];
}

/** What `auto` tries, in this order, and what speaks against an engine that is not the first. */
interface Order {
  readonly engines: readonly EngineName[];
  readonly notices: readonly EngineNotice[];
  /** Floating point operations a second of the first one; of a GPU more than anybody asks for. */
  readonly rate: number;
}

/** From the fastest without a GPU to the one that always works. */
const fallbacks: readonly EngineName[] = ['wasm', 'tfjs-wasm', 'tfjs-webgl', 'tfjs-cpu'];

/** So many steps a second of `quick`, and factors come apart within two minutes. */
const quickStepsPerSecond = 50;
/**
 * A step's part of the rate of one large product, with the page that draws beside it: in Chromium on two cores
 * `quick` made 51.5 steps, so 47.6 GFLOP, a second where the product did 73.
 */
const stepShare = 0.65;

export class TrainerFactory {
  readonly #parts: TrainerParts;
  #order: Promise<Order> | undefined;

  constructor(parts: TrainerParts) {
    this.#parts = parts;
  }

  /** What this machine offers to a run on an engine. */
  async probe(choice: EngineChoice): Promise<MachineInfo> {
    const [probe, rate] = await Promise.all([this.#parts.probeWebGpu(), this.#rateFor(choice)]);
    const enough = (quickStepsPerSecond * stepFlops(modelOf(presets.quick).plan)) / stepShare;
    const suggestedPreset = rate >= enough ? 'quick' : 'small';
    if (!probe.available) return { suggestedPreset, adapter: null, software: true, reason: probe.reason };
    const { adapter, software } = probe;
    return { suggestedPreset, adapter, software, reason: null };
  }

  /**
   * Reads the images of a run; null where nothing is to be read.
   * @throws AppError OwnDataError where they are not here.
   */
  open(config: RunConfig): Promise<void> | null {
    return openImages(config, this.#parts.shelf);
  }

  /**
   * Makes a trainer on the engine asked for, else on the best that works. Every engine that was passed over is
   * named with its reason.
   * @throws AppError NoEngineError where none works.
   */
  async create(config: RunConfig, choice: EngineChoice, onProgress: OnProgress): Promise<MadeTrainer> {
    // An engine asked for that cannot start tells why itself.
    const { engines, notices: known } =
      choice === 'auto'
        ? await this.#auto()
        : { engines: [choice, ...fallbacks.filter((name) => name !== choice)], notices: [] };
    const notices = [...known];
    for (const name of engines) {
      try {
        const trainer = await this.#parts.createTrainer(name, config, onProgress);
        return { trainer, notices };
      } catch (thrown) {
        notices.push({ engine: name, reason: reportOf(thrown) });
      }
    }
    const reasons = notices.map(({ engine, reason }) => part('engineReason', { engine, reason }));
    throw new AppError('NoEngineError', { reasons });
  }

  /** Floating point operations a second; of what nobody measured 0, but of a GPU more than anybody asks for. */
  async #rateFor(choice: EngineChoice): Promise<number> {
    if (choice === 'auto') return (await this.#auto()).rate;
    if (choice === 'webgpu' || choice === 'tfjs-webgpu') {
      const probe = await this.#parts.probeWebGpu();
      return probe.available && !probe.software ? Number.POSITIVE_INFINITY : 0;
    }
    const rate = choice === 'wasm' ? await this.#rateOf('wasm') : 0;
    return typeof rate === 'number' ? rate : 0;
  }

  #auto(): Promise<Order> {
    this.#order ??= this.#findOrder();
    return this.#order;
  }

  async #findOrder(): Promise<Order> {
    const probe = await this.#parts.probeWebGpu();
    if (probe.available && !probe.software)
      return {
        engines: ['webgpu', 'tfjs-webgpu', ...fallbacks],
        notices: [],
        rate: Number.POSITIVE_INFINITY,
      };

    const wasm = await this.#rateOf('wasm');
    // Where it cannot be had it tells why when it is tried.
    const wasmRate = typeof wasm === 'number' ? wasm : 0;
    const without = (reason: ErrorReport): Order => ({
      engines: fallbacks,
      notices: [{ engine: 'webgpu', reason }],
      rate: wasmRate,
    });
    if (!probe.available) return without(probe.reason);
    // Of a software adapter nobody knows how fast it is. tfjs' own kernels are slow on any.
    const webgpu = await this.#rateOf('webgpu');
    if (typeof webgpu !== 'number') return without(webgpu);
    if (webgpu > wasmRate) return { engines: ['webgpu', ...fallbacks], notices: [], rate: webgpu };
    const { adapter } = probe;
    const times = Math.round((10 * wasmRate) / webgpu) / 10;
    return without(errorReport('SlowerEngineError', { adapter, times }));
  }

  /** Or why the engine cannot be had. */
  async #rateOf(engine: PlanEngine): Promise<number | ErrorReport> {
    try {
      return await this.#parts.productRate(engine);
    } catch (thrown) {
      return reportOf(thrown);
    }
  }
}
