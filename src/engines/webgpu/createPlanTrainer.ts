import type { EngineInfo } from '../../config/engines.ts';
import type { Images } from '../../data/dataset.ts';
import type { Model } from '../../plan/model.ts';
import type { Plan } from '../../plan/program.ts';
import type { Stage } from '../../report.ts';
import { PlanTrainer } from '../plan/planTrainer.ts';
import type { RandomInputs } from '../trainer.ts';
import { chooseKernels } from './chooseKernels.ts';
import { DeviceGuard } from './deviceGuard.ts';
import { GpuTimer } from './gpuTimer.ts';
import { KeptParameters } from './keptParameters.ts';
import { type KernelChoice, tileChoice, usualTiles } from './kernelChoice.ts';
import { drawingTables } from './kernels/drawImages.ts';
import { lowerPlan, type TableBuffers } from './lower.ts';
import { matrixRate } from './matrixRate.ts';
import { chooseTiles, measureBudget } from './measureTiles.ts';
import { GpuMemory } from './memory.ts';
import { Pipelines } from './pipelines.ts';
import { PlanMemory } from './planMemory.ts';
import { type Dispatch, LiveSlots, Program, SizeTable } from './program.ts';
import { processMemory, type TileMemory } from './tileMemory.ts';
import { WebGpuPlan } from './webGpuPlan.ts';

/** Told of what is being done, for a person, and how much of it is done, 0 to 1. */
export type OnProgress = (stage: Stage, fraction: number) => void;

export interface PlanOptions {
  readonly onProgress?: OnProgress;
  /**
   * In place of those chosen for the device. With `measureMs`: what a real GPU has, tiles measured for so many
   * ms, on whatever device.
   */
  readonly kernels?: KernelChoice | { readonly measureMs: number };
  /** Where measured tiles are remembered. */
  readonly tileMemory?: TileMemory;
  /** GPU time that one submit should take, in ms. */
  readonly submitMs?: number;
}

/** Short enough for a page that the same GPU draws. */
const usualSubmitMs = 12;

export type WebGpuTrainer<Config, Live, Inputs extends RandomInputs = RandomInputs> = PlanTrainer<
  Config,
  Live,
  Inputs,
  WebGpuPlan
>;

/**
 * Prepares a run on a GPU: allocates every buffer, compiles every shader, and sets the parameters of step 0.
 * @throws AppError WebGpuLimitError where the run is too large for the device; WebGpuPipelineError and
 * WebGpuError for what the GPU rejects; WebGpuLostError if it is lost.
 */
export async function createPlanTrainer<Config, Live, Inputs extends RandomInputs = RandomInputs>(
  model: Model<Config, Live>,
  device: GPUDevice,
  runsOn: EngineInfo,
  options: PlanOptions = {},
): Promise<WebGpuTrainer<Config, Live, Inputs>> {
  const { plan, columns } = model;
  const prepared = await preparePlan(plan, columns.length, device, runsOn, options);
  return new PlanTrainer<Config, Live, Inputs, WebGpuPlan>(model, prepared, runsOn);
}

/** `columns`: numbers in a row of metrics. */
async function preparePlan(
  plan: Plan,
  columns: number,
  device: GPUDevice,
  runsOn: EngineInfo,
  { onProgress, kernels, tileMemory = processMemory, submitMs = usualSubmitMs }: PlanOptions,
): Promise<WebGpuPlan> {
  const guard = new DeviceGuard(device);
  const memory = new GpuMemory(device);
  try {
    onProgress?.('preparing', 0);
    const pipelines = new Pipelines(device);
    const asked = kernels ?? (await usualKernels(guard, pipelines, runsOn));
    const usual = 'measureMs' in asked ? usualTiles : asked;
    const tables = drawingBuffers(plan, memory, device.queue);
    const buffers = new PlanMemory(plan, columns, usual, memory);
    for (const { name } of plan.optimisers) {
      const { table, layout } = buffers.gradients(name);
      device.queue.writeBuffer(table, 0, layout.table);
    }
    const likeliest = lowerPlan(plan, buffers, usual, tables);
    const chosen =
      'measureMs' in asked
        ? await chooseTiles(
            guard,
            pipelines,
            likeliest.step.flatMap(({ operations }) => operations),
            tileMemory,
            asked.measureMs,
          )
        : null;
    const { step, encode, decode, discriminate } = chosen
      ? lowerPlan(plan, buffers, tileChoice(chosen.tileOf), tables)
      : likeliest;

    const kept = new KeptParameters(guard, memory, buffers);
    const ofStep = step.flatMap((program) => [...program.draw, ...program.operations]);
    const all = [
      ...[...ofStep, ...encode, ...decode, ...discriminate].map(({ kernel }) => kernel),
      kept.kernel,
    ];
    await guard.wait(pipelines.compile(all, (fraction) => onProgress?.('compilingShaders', fraction)));
    const sizes = new SizeTable(all, memory, device.queue);
    kept.prepare(pipelines, sizes);
    const ready = (list: readonly Dispatch[]) => new Program(list, pipelines, sizes);
    let encodeKept: Program | null = null;
    return new WebGpuPlan({
      plan,
      columns,
      guard,
      memory,
      buffers,
      live: new LiveSlots(buffers.live, pipelines),
      kept,
      step: step.map(({ repeats, draw, operations, stageEnds }) => ({
        repeats,
        draw: ready(draw),
        operations: ready(operations),
        stageEnds,
      })),
      encode: ready(encode),
      encodeKept: () => {
        // Made once: what is kept stays in its place.
        encodeKept ??= ready(kept.inPlaceOf(encode));
        return encodeKept;
      },
      decode: ready(decode),
      discriminate: ready(discriminate),
      kernels: usual.name,
      choices: chosen?.choices ?? [],
      submitMs,
      timer: GpuTimer.on(device, memory),
      // On a processor the measurement would take longer than it is worth.
      peakRate: runsOn.software ? null : await matrixRate(guard, pipelines, runsOn),
    });
  } catch (error) {
    memory.dispose();
    guard.dispose();
    throw error;
  }
}

async function usualKernels(guard: DeviceGuard, pipelines: Pipelines, runsOn: EngineInfo) {
  return runsOn.software ? chooseKernels(guard, pipelines, runsOn) : { measureMs: measureBudget };
}

/** What each data set of a plan is drawn from, on the device. */
export function drawingBuffers(
  plan: Plan,
  memory: GpuMemory,
  queue: GPUQueue,
): ReadonlyMap<Images, TableBuffers> {
  const buffers = new Map<Images, TableBuffers>();
  const most = memory.mostBound;
  for (const operation of plan.step.flatMap(({ draw }) => draw)) {
    if (operation.kind !== 'drawImages' || buffers.has(operation.images)) continue;
    const { tables, pixels } = drawingTables(operation.images, most);
    const buffer = memory.storage('tables of the data set', 'images', tables.length);
    queue.writeBuffer(buffer, 0, tables);
    const ofPixels = pixels.map((bytes) => {
      const buffer = memory.storage('images of the data set', 'images', Math.ceil(bytes.length / 4));
      writeBytes(queue, buffer, bytes);
      return buffer;
    });
    buffers.set(operation.images, { tables: buffer, pixels: ofPixels, most });
  }
  return buffers;
}

/** Writes any number of bytes; a queue takes whole words. */
function writeBytes(queue: GPUQueue, buffer: GPUBuffer, bytes: Uint8Array<ArrayBuffer>): void {
  const whole = bytes.length - (bytes.length % 4);
  queue.writeBuffer(buffer, 0, bytes.buffer, bytes.byteOffset, whole);
  if (whole === bytes.length) return;
  const rest = new Uint8Array(4);
  rest.set(bytes.subarray(whole));
  queue.writeBuffer(buffer, whole, rest);
}
