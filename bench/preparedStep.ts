import type { RunConfig } from '../src/config/schema.ts';
import { drawingBuffers } from '../src/engines/webgpu/createPlanTrainer.ts';
import type { KernelChoice } from '../src/engines/webgpu/kernelChoice.ts';
import { lowerPlan } from '../src/engines/webgpu/lower.ts';
import { GpuMemory } from '../src/engines/webgpu/memory.ts';
import { PlanMemory } from '../src/engines/webgpu/planMemory.ts';
import { modelOf } from '../src/families/families.ts';

/** All dispatches of a step in their order, and the memory that they are bound to. */
export function prepareStep(config: RunConfig, device: GPUDevice, choice: KernelChoice) {
  const memory = new GpuMemory(device);
  const { plan, columns } = modelOf(config);
  const tables = drawingBuffers(plan, memory, device.queue);
  const buffers = new PlanMemory(plan, columns.length, choice, memory);
  const { step } = lowerPlan(plan, buffers, choice, tables);
  const dispatches = step.flatMap(({ repeats, draw, operations }) =>
    Array.from({ length: repeats }, () => [...draw, ...operations]).flat(),
  );
  return { memory, buffers, dispatches };
}
