import { fixedDifferences } from '../config/fork.ts';
import type { RunConfig } from '../config/schema.ts';
import { AppError } from '../errors.ts';
import { readCheckpoint } from '../files/checkpoint.ts';
import type { Snapshot } from '../model/snapshot.ts';

/**
 * What a forked run begins from.
 * @throws AppError ForkError naming a setting that a fork must keep, and those of `readCheckpoint`.
 */
export function readForkStart(bytes: Uint8Array, config: RunConfig): Snapshot {
  const { config: parent, snapshot } = readCheckpoint(bytes);
  const changed = fixedDifferences(parent, config);
  if (changed.length > 0)
    throw new AppError(
      'ForkError',
      `A fork goes on with the weights, optimisers and data of its run, so it keeps their settings: ${changed.join(', ')} cannot change. Start a new run for that.`,
    );
  return snapshot;
}
