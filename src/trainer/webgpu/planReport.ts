import type { RunConfig } from '../../config/schema.ts';
import {
  type LayerSpec,
  layersOf,
  type Network,
  sizeOf,
  stride,
  tensorSpecs,
} from '../../model/parameters.ts';
import { type MemoryReport, memoryUses } from './memory.ts';
import type { PlanParts } from './planTrainer.ts';

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
  const report = memory.report();
  return {
    kernels,
    dispatchesPerStep: programs.draw.length + programs.step.length,
    passesPerSubmit: 1,
    ...spent,
    memory: report,
    tensorBytes: tensorBytes(config),
    bytes: memoryUses.reduce((sum, use) => sum + report[use], 0),
  };
}

/**
 * What a step cannot do without: parameters, their gradients and both moments, and what the layers put out: of one batch
 * through the VAE, of both through the discriminator, and the two batches themselves.
 */
function tensorBytes(config: RunConfig): number {
  const { objective, batchSize, imageSize, channels } = config;
  const trained = (network: Network) => objective === 'factorVae' || network !== 'discriminator';
  let numbers = 2 * batchSize * imageSize * imageSize * channels;
  for (const { layer, shape } of tensorSpecs(config))
    numbers += (trained(layer.network) ? 4 : 1) * sizeOf(shape);
  for (const layer of layersOf(config))
    if (trained(layer.network))
      numbers += (layer.network === 'discriminator' ? 2 : 1) * batchSize * outputLength(layer);
  return 4 * numbers;
}

function outputLength({ kind, inputSize, outputs }: LayerSpec): number {
  if (kind === 'dense') return outputs;
  const side = kind === 'conv' ? inputSize / stride : inputSize * stride;
  return side * side * outputs;
}
