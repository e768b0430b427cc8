import type { BackendInfo } from '../../config/backends.ts';
import type { RunConfig } from '../../config/schema.ts';
import { shapes2dTables } from '../../data/shapes2d.ts';
import { initialParameters } from '../../model/initialise.ts';
import { chooseKernels } from './chooseKernels.ts';
import { DeviceGuard } from './deviceGuard.ts';
import { FrozenEncoder } from './frozenEncoder.ts';
import { GpuTimer } from './gpuTimer.ts';
import { KeptParameters } from './keptParameters.ts';
import type { KernelChoice } from './kernelChoice.ts';
import { packTables } from './kernels/drawImages.ts';
import { matrixRate } from './matrixRate.ts';
import { GpuMemory } from './memory.ts';
import { ParameterLayout } from './parameterLayout.ts';
import { Pipelines } from './pipelines.ts';
import { type Plan, PlanBuilder } from './plan.ts';
import { PlanBuffers, planModel } from './planBuffers.ts';
import { PlanTrainer } from './planTrainer.ts';
import { LiveSlots, Program, SizeTable } from './program.ts';

/** Told of what is being done, for a person, and how much of it is done, 0 to 1. */
export type OnProgress = (stage: string, fraction: number) => void;

export interface PlanOptions {
  readonly onProgress?: OnProgress;
  /** In place of those chosen for the device. */
  readonly kernels?: KernelChoice;
  /** GPU time that one submit should take, in ms. */
  readonly submitMs?: number;
}

/** Short enough for a page that the same GPU draws. */
const usualSubmitMs = 12;

/**
 * Prepares a run on a GPU: allocates every buffer, compiles every shader, and sets the parameters of step 0.
 * @throws AppError WebGpuLimitError where the run is too large for the device; WebGpuPipelineError and WebGpuError for
 * what the GPU rejects; WebGpuLostError if it is lost.
 */
export async function createPlanTrainer(
  config: RunConfig,
  device: GPUDevice,
  backend: BackendInfo,
  { onProgress, kernels, submitMs = usualSubmitMs }: PlanOptions = {},
): Promise<PlanTrainer> {
  const guard = new DeviceGuard(device);
  const memory = new GpuMemory(device);
  try {
    onProgress?.('Preparing', 0);
    const pipelines = new Pipelines(device);
    const choice = kernels ?? (await chooseKernels(guard, pipelines, backend));
    const model = planModel(config);
    const layout = new ParameterLayout(config);
    const tables = shapes2dTables(config.factors, config.imageSize);
    const packed = packTables(tables);
    const tablesBuffer = memory.storage('tables of the shapes', 'tables', packed.length);
    device.queue.writeBuffer(tablesBuffer, 0, packed);
    const buffers = new PlanBuffers(config, model, layout, choice, memory);
    for (const network of [buffers.vae, buffers.discriminator])
      if (network) device.queue.writeBuffer(network.table, 0, network.layout.table);

    const plan = new PlanBuilder(config, model, layout, buffers, choice).build(tables, tablesBuffer);
    const kept = new KeptParameters(guard, memory, buffers);
    const all = [...allDispatches(plan).map(({ kernel }) => kernel), kept.kernel];
    await guard.wait(pipelines.compile(all, (fraction) => onProgress?.('Compiling shaders', fraction)));
    const sizes = new SizeTable(all, memory, device.queue);
    kept.prepare(pipelines, sizes);
    const trainer = new PlanTrainer({
      config,
      backend,
      guard,
      memory,
      layout,
      buffers,
      output: {
        posterior: buffers.output(model.encoder[model.encoder.length - 1]),
        logits: buffers.output(model.decoder[model.decoder.length - 1]),
      },
      live: new LiveSlots(buffers.live, pipelines),
      kept,
      frozen: new FrozenEncoder({
        pipelines,
        sizes,
        kept,
        parameters: buffers.parameters,
        encode: plan.encode,
      }),
      programs: {
        draw: new Program(plan.draw, pipelines, sizes),
        step: new Program(plan.step, pipelines, sizes),
        encode: new Program(plan.encode, pipelines, sizes),
        decode: new Program(plan.decode, pipelines, sizes),
      },
      kernels: choice.name,
      submitMs,
      timer: GpuTimer.on(device, memory),
      // On a processor the measurement would take longer than it is worth.
      peakRate: backend.software ? null : await matrixRate(guard, pipelines, backend),
    });
    trainer.writeParameters(initialParameters(config));
    return trainer;
  } catch (error) {
    memory.dispose();
    guard.dispose();
    throw error;
  }
}

function allDispatches({ draw, step, encode, decode }: Plan) {
  return [...draw, ...step, ...encode, ...decode];
}
