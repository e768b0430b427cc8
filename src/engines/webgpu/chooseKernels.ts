import type { EngineInfo } from '../../config/engines.ts';
import { AppError } from '../../errors.ts';
import type { LayerProduct } from '../../plan/product.ts';
import type { DeviceGuard } from './deviceGuard.ts';
import { type KernelChoice, registerChoice, usualTiles } from './kernelChoice.ts';
import type { Kernel } from './kernels/kernel.ts';
import type { Pipelines } from './pipelines.ts';
import { ProductRun } from './productRun.ts';

/** Choices by adapter and what a device may use of it, so that a second run measures nothing. */
const remembered = new Map<string, KernelChoice>();

/** A product to check, with a part of a tile in each direction. */
const small: LayerProduct = { kind: 'dense', rows: 37, inner: 12, columns: 44, transposed: false };
const epilogue = { kind: 'bias', activation: 'none' } as const;

/**
 * The kernels for a device. Software drivers get registers, with subgroups after a check that theirs are as big as
 * they say; a GPU gets tiles, of which each plan measures those that its products may have.
 */
export async function chooseKernels(
  guard: DeviceGuard,
  pipelines: Pipelines,
  runsOn: EngineInfo,
): Promise<KernelChoice> {
  if (!runsOn.software) return usualTiles;
  const key = `${runsOn.adapter}, ${subgroupLanes(guard.device) ?? 'no'} lanes`;
  const known = remembered.get(key);
  if (known) return known;
  const choice = await softwareChoice(guard, pipelines);
  remembered.set(key, choice);
  return choice;
}

async function softwareChoice(guard: DeviceGuard, pipelines: Pipelines): Promise<KernelChoice> {
  const lanes = subgroupLanes(guard.device);
  if (lanes === null) return registerChoice(null);
  const choice = registerChoice(lanes);
  return (await isRight(guard, pipelines, choice.layer(small, epilogue))) ? choice : registerChoice(null);
}

/** The size of every subgroup, if it is one that 16 rows can be divided by; null without subgroups. */
function subgroupLanes({ features, adapterInfo }: GPUDevice): number | null {
  if (!features.has('subgroups')) return null;
  const { subgroupMinSize, subgroupMaxSize } = adapterInfo;
  return subgroupMinSize === subgroupMaxSize && [4, 8, 16].includes(subgroupMinSize) ? subgroupMinSize : null;
}

/** Whether a kernel compiles and gives the right product. */
async function isRight(guard: DeviceGuard, pipelines: Pipelines, kernel: Kernel): Promise<boolean> {
  try {
    await pipelines.compile([kernel]);
  } catch (error) {
    guard.check();
    if (error instanceof AppError) return false;
    throw error;
  }
  const run = await ProductRun.prepare(guard, pipelines, kernel, small);
  try {
    return await run.isRight();
  } finally {
    run.dispose();
  }
}
