import type { ProductChoice } from '../../config/engines.ts';
import { tensorBytes } from '../../plan/tensorBytes.ts';
import type { PlanTrainer } from '../plan/planTrainer.ts';
import type { RandomInputs } from '../trainer.ts';
import type { MemoryReport } from './memory.ts';
import type { WebGpuPlan } from './webGpuPlan.ts';

/** What a run costs a GPU. */
export interface PlanReport {
  readonly kernels: string;
  readonly choices: readonly ProductChoice[];
  readonly dispatchesPerStep: number;
  readonly passesPerSubmit: number;
  /** Submits of steps so far, and milliseconds that JavaScript spent on them. */
  readonly submits: number;
  readonly scriptTime: number;
  readonly memory: MemoryReport;
  /** All of `memory` together, in bytes. */
  readonly bytes: number;
  /** Bytes of parameters, gradients, both moments and activations, each once and unpadded; see `tensorBytes`. */
  readonly tensorBytes: number;
}

export function planReport<Config, Live, Inputs extends RandomInputs>({
  device,
  spent,
}: PlanTrainer<Config, Live, Inputs, WebGpuPlan>): PlanReport {
  const { kernels, choices, memory, plan } = device.parts;
  return {
    kernels,
    choices,
    dispatchesPerStep: device.dispatchesPerStep,
    passesPerSubmit: 1,
    ...spent,
    memory: memory.report(),
    tensorBytes: tensorBytes(plan),
    bytes: memory.bytes,
  };
}
