import { z } from 'zod';
import { type RunConfig, runConfigSchema } from '../config/schema.ts';
import { AppError } from '../errors.ts';
import { type NamedTensors, tensorSpecs } from '../model/parameters.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { readSafetensors, type SafeTensor, writeSafetensors } from './safetensors.ts';

/** Version of what the metadata and names mean; readers refuse what they do not know. */
export const checkpointFormat = 'factorvae-playground/checkpoint-1';

/** The parts of a snapshot and what stands before their tensors' names: parameters keep PyTorch's. */
const prefixes = { parameters: '', firstMoments: 'adam.first.', secondMoments: 'adam.second.' } as const;

const metadataSchema = z.object({
  format: z.literal(checkpointFormat),
  step: z.string().regex(/^\d+$/).transform(Number),
  config: z.string(),
});

export interface Checkpoint {
  /** With the live settings as they were. */
  readonly config: RunConfig;
  readonly snapshot: Snapshot;
}

/** A run's state as a safetensors file; as metadata the configuration (JSON) and the number of steps done. */
export function writeCheckpoint({ config, snapshot }: Checkpoint): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, SafeTensor>();
  for (const part of ['parameters', 'firstMoments', 'secondMoments'] as const)
    for (const [name, { shape, data }] of snapshot[part])
      tensors.set(prefixes[part] + name, { dtype: 'F32', shape, data: new Float32Array(data) });
  return writeSafetensors(tensors, {
    format: checkpointFormat,
    config: JSON.stringify(config),
    step: String(snapshot.step),
  });
}

/** @throws AppError CheckpointError saying what is wrong, and those of `readSafetensors`. */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = readSafetensors(bytes);
  const facts = metadataSchema.safeParse(metadata);
  if (!facts.success)
    throw checkpointError(`its metadata does not say "format": "${checkpointFormat}", a step and a config`);
  const config = readConfig(facts.data.config);
  const part = (name: keyof typeof prefixes) => namedTensors(tensors, config, prefixes[name]);
  return {
    config,
    snapshot: {
      step: facts.data.step,
      parameters: part('parameters'),
      firstMoments: part('firstMoments'),
      secondMoments: part('secondMoments'),
    },
  };
}

function readConfig(text: string): RunConfig {
  try {
    return runConfigSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw checkpointError('the configuration in its metadata is not valid', cause);
  }
}

function namedTensors(
  tensors: ReadonlyMap<string, SafeTensor>,
  config: RunConfig,
  prefix: string,
): NamedTensors {
  return new Map(
    tensorSpecs(config).map(({ name, shape }) => {
      const tensor = tensors.get(prefix + name);
      if (tensor?.dtype !== 'F32' || tensor.shape.join() !== shape.join())
        throw checkpointError(`it needs "${prefix}${name}" as F32 of shape [${shape}]`);
      return [name, { shape, data: tensor.data }] as const;
    }),
  );
}

function checkpointError(what: string, cause?: unknown): AppError {
  return new AppError(
    'CheckpointError',
    `The checkpoint cannot be used: ${what}.`,
    cause === undefined ? undefined : { cause },
  );
}
