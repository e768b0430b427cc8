import { fixedDifferences } from '../config/fork.ts';
import { liveSettingsOf, type RunConfig } from '../config/schema.ts';
import { AppError } from '../errors.ts';
import { readCheckpoint } from '../files/checkpoint.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ParamsOf } from '../protocol/messages.ts';
import { checkConfig } from './checks.ts';
import type { RunStart } from './run.ts';

/**
 * The configuration of a new run and where it begins.
 * @throws AppError InvalidConfigError naming the field, ForkError naming a setting that a fork must keep, and
 * those of `readCheckpoint`.
 */
export function readStart({ config, checkpoint, continued, replay = [] }: ParamsOf<'configure'>): {
  readonly config: RunConfig;
  readonly start: RunStart;
} {
  const copy = continued && readCheckpoint(continued.checkpoint);
  // A copy says itself how its run was set up, live settings of that step included.
  const checked = checkConfig(copy?.config ?? config);
  const fork = checkpoint ? readForkStart(checkpoint, checked) : null;
  return {
    config: checked,
    start: {
      fork,
      continued: continued && copy ? { snapshot: copy.snapshot, elapsed: continued.elapsed } : null,
      replay,
      replayFrom: replay.length > 0 ? liveSettingsOf(checkConfig(config)) : null,
    },
  };
}

function readForkStart(bytes: Uint8Array, config: RunConfig): Snapshot {
  const { config: parent, snapshot } = readCheckpoint(bytes);
  const changed = fixedDifferences(parent, config);
  if (changed.length > 0) throw new AppError('ForkError', { settings: changed });
  return snapshot;
}
