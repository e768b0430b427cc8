import type { MemoryReport } from './memory.ts';
import type { PlanParts } from './planTrainer.ts';
import { tensorBytes } from './tensorBytes.ts';

/** What a run costs a GPU. */
export interface PlanReport {
  readonly kernels: string;
  readonly dispatchesPerStep: number;
  readonly passesPerSubmit: number;
  /** Submits of steps so far, and milliseconds that JavaScript spent on them. */
  readonly submits: number;
  readonly scriptTime: number;
  readonly memory: MemoryReport;
  /** All of `memory` together, in bytes. */
  readonly bytes: number;
  /** Bytes of parameters, gradients, both moments and activations alone, each once and unpadded; see `tensorBytes`. */
  readonly tensorBytes: number;
}

export function planReport(
  { config, kernels, programs, memory }: PlanParts,
  spent: Pick<PlanReport, 'submits' | 'scriptTime'>,
): PlanReport {
  return {
    kernels,
    dispatchesPerStep: programs.draw.length + programs.step.length,
    passesPerSubmit: 1,
    ...spent,
    memory: memory.report(),
    tensorBytes: tensorBytes(config),
    bytes: memory.bytes,
  };
}
