import type { EngineChoice, EngineName } from '../config/engines.ts';
import type { RunConfig } from '../config/schema.ts';
import type { Trainer } from '../engines/trainer.ts';
import type { WebGpuProbe } from '../engines/webgpuProbe.ts';
import { AppError, reportOf } from '../errors.ts';
import type { EngineNotice, MachineInfo } from '../protocol/messages.ts';
import { part, type Stage } from '../report.ts';

export type OnProgress = (stage: Stage, fraction: number) => void;

/** How trainers are made here; a browser and Node differ in the parts. */
export interface TrainerParts {
  probeWebGpu(): Promise<WebGpuProbe>;
  /** @throws AppError that tells why this engine cannot be had. */
  createTrainer(engine: EngineName, config: RunConfig, onProgress: OnProgress): Promise<Trainer>;
}

export interface MadeTrainer {
  readonly trainer: Trainer;
  readonly notices: readonly EngineNotice[];
}

/** From the fastest without a GPU to the one that always works. */
const fallbacks: readonly EngineName[] = ['wasm', 'tfjs-wasm', 'tfjs-webgl', 'tfjs-cpu'];

export class TrainerFactory {
  readonly #parts: TrainerParts;

  constructor(parts: TrainerParts) {
    this.#parts = parts;
  }

  async probe(): Promise<MachineInfo> {
    const probe = await this.#parts.probeWebGpu();
    if (!probe.available)
      return { suggestedPreset: 'tiny', adapter: null, software: true, reason: probe.reason };
    const { adapter, software } = probe;
    return { suggestedPreset: software ? 'tiny' : 'quick', adapter, software, reason: null };
  }

  /**
   * Makes a trainer on the engine asked for, else on the best that works. Every engine that was passed over is named
   * with its reason.
   * @throws AppError NoEngineError where none works.
   */
  async create(config: RunConfig, choice: EngineChoice, onProgress: OnProgress): Promise<MadeTrainer> {
    const notices: EngineNotice[] = [];
    const candidates = await this.#candidates(choice, notices);
    for (const name of candidates) {
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

  async #candidates(choice: EngineChoice, notices: EngineNotice[]): Promise<EngineName[]> {
    // An engine asked for that cannot start tells why itself.
    if (choice !== 'auto') return [choice, ...fallbacks.filter((name) => name !== choice)];
    const probe = await this.#parts.probeWebGpu();
    // On a software adapter tfjs' own kernels are many times slower than WebAssembly.
    if (probe.available)
      return probe.software ? ['webgpu', ...fallbacks] : ['webgpu', 'tfjs-webgpu', ...fallbacks];
    notices.push({ engine: 'webgpu', reason: probe.reason });
    return [...fallbacks];
  }
}
