import type { RunConfig } from '../config/schema.ts';
import type { NamedTensors } from '../model/parameters.ts';
import { type SafeTensor, writeSafetensors } from './safetensors.ts';

/** Version of what the metadata means; readers should refuse what they do not know. */
export const weightsFormat = 'factorvae-playground/1';

/**
 * The weights of a run as a safetensors file: PyTorch's names and layouts, and as metadata the configuration (JSON;
 * live settings as they are now) and the number of steps done.
 */
export function writeWeights(
  parameters: NamedTensors,
  config: RunConfig,
  step: number,
): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, SafeTensor>();
  for (const [name, { shape, data }] of parameters)
    tensors.set(name, { dtype: 'F32', shape, data: new Float32Array(data) });
  return writeSafetensors(tensors, {
    format: weightsFormat,
    config: JSON.stringify(config),
    step: String(step),
  });
}

/** A name that tells the runs of a folder apart, e.g. "factorvae-quick-seed0-step12480.safetensors". */
export function weightsFileName(config: RunConfig, label: string, step: number): string {
  return `${config.objective.toLowerCase()}-${label}-seed${config.seed}-step${step}.safetensors`;
}
