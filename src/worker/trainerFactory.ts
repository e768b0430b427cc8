import type { BackendChoice, EngineName } from '../config/backends.ts';
import type { RunConfig } from '../config/schema.ts';
import type { Trainer } from '../engines/trainer.ts';
import type { WebGpuProbe } from '../engines/webgpuProbe.ts';
import { AppError, reportOf } from '../errors.ts';
import type { BackendNotice, MachineInfo } from '../protocol/messages.ts';
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
  readonly notices: readonly BackendNotice[];
}

/** From the fastest without a GPU to the one that always works. */
const fallbacks: readonly EngineName[] = ['wasm', 'webgl', 'cpu'];

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
   * Makes a trainer on the backend asked for, else on the best that works. Every backend that was passed over is named
   * with its reason.
   * @throws AppError NoBackendError where none works.
   */
  async create(config: RunConfig, choice: BackendChoice, onProgress: OnProgress): Promise<MadeTrainer> {
    const notices: BackendNotice[] = [];
    const candidates = await this.#candidates(choice, notices);
    for (const name of candidates) {
      try {
        const trainer = await this.#parts.createTrainer(name, config, onProgress);
        return { trainer, notices };
      } catch (thrown) {
        notices.push({ backend: name, reason: reportOf(thrown) });
      }
    }
    const reasons = notices.map(({ backend, reason }) => part('backendReason', { backend, reason }));
    throw new AppError('NoBackendError', { reasons });
  }

  async #candidates(choice: BackendChoice, notices: BackendNotice[]): Promise<EngineName[]> {
    // A backend asked for that cannot start tells why itself.
    if (choice !== 'auto') return [choice, ...fallbacks.filter((name) => name !== choice)];
    const probe = await this.#parts.probeWebGpu();
    // On a software adapter tfjs' own kernels are many times slower than WebAssembly.
    if (probe.available)
      return probe.software ? ['webgpu', ...fallbacks] : ['webgpu', 'tfjs-webgpu', ...fallbacks];
    notices.push({ backend: 'webgpu', reason: probe.reason });
    return [...fallbacks];
  }
}
