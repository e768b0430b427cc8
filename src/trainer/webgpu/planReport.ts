import { type MemoryReport, memoryUses } from './memory.ts';
import type { PlanParts } from './planTrainer.ts';

/** What a run costs a GPU. */
export interface PlanReport {
  readonly kernels: string;
  readonly dispatchesPerStep: number;
  readonly passesPerSubmit: number;
  /** Submits of steps so far. */
  readonly submits: number;
  readonly memory: MemoryReport;
  /** All of `memory` together, in bytes. */
  readonly bytes: number;
}

export function planReport({ kernels, programs, memory }: PlanParts, submits: number): PlanReport {
  const report = memory.report();
  return {
    kernels,
    dispatchesPerStep: programs.draw.length + programs.step.length,
    passesPerSubmit: 1,
    submits,
    memory: report,
    bytes: memoryUses.reduce((sum, use) => sum + report[use], 0),
  };
}
