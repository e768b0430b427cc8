import { join } from 'node:path';
import type { RunConfig } from '../../src/config/schema.ts';
import { type ErrorReport, reportOf } from '../../src/errors.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../src/files/checkpoint.ts';
import { readSafetensors } from '../../src/files/safetensors.ts';
import { writeWeights } from '../../src/files/weights.ts';
import { errorReport, type Part, part } from '../../src/report.ts';
import { differencesOf } from './configFile.ts';
import { DamagedFileError } from './failures.ts';
import { moveFile, readIfAny, replaceFile, writeBeside } from './files.ts';

const latest = 'checkpoint.safetensors';
const previous = 'checkpoint.previous.safetensors';
/** A latest checkpoint that could not be used is put here once there is another. */
const unusable = 'checkpoint.damaged.safetensors';
const weightsName = 'weights.safetensors';

export interface FoundCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Whether it is the latest one, not the one before it. */
  readonly isLatest: boolean;
  /** What is wrong with the latest one; null where nothing is, or where it is missing. */
  readonly fault: Part | null;
}

/** The last two checkpoints of a run, and its weights for other programs, which are never older than they. */
export class CheckpointFiles {
  readonly #directory: string;
  readonly #config: RunConfig;
  /** What is to become of the latest checkpoint when there is another. */
  #makesWayTo: typeof previous | typeof unusable | null = null;
  /** Whether there is no checkpoint yet: the first is written twice, so that there are two from then on. */
  #isFirst = false;

  constructor(directory: string, config: RunConfig) {
    this.#directory = directory;
    this.#config = config;
  }

  /**
   * The last sound checkpoint; null where there is no file of one.
   * @throws DamagedFileError CheckpointDamagedError where there are files and none can be used.
   */
  async read(): Promise<FoundCheckpoint | null> {
    const faults: Part[] = [];
    this.#makesWayTo = null;
    this.#isFirst = false;
    for (const name of [latest, previous]) {
      const checkpoint = await this.#readOne(name);
      if (checkpoint === null) continue;
      if ('code' in checkpoint) {
        if (name === latest) this.#makesWayTo = unusable;
        faults.push(part('fault', { path: this.#path(name), problem: checkpoint }));
        continue;
      }
      if (name === latest) this.#makesWayTo = previous;
      return { checkpoint, isLatest: name === latest, fault: faults.at(0) ?? null };
    }
    this.#isFirst = faults.length === 0;
    if (this.#isFirst) return null;
    throw new DamagedFileError('CheckpointDamagedError.noOther', { faults });
  }

  /**
   * Writes weights and checkpoint, and keeps the checkpoint before it. On a full disk what was there stays.
   * @throws AppError those of `writeCheckpoint`, and WriteError.
   */
  async write(checkpoint: Checkpoint): Promise<void> {
    const bytes = writeCheckpoint(checkpoint);
    const weights = this.#path(weightsName);
    const [fresh, freshWeights] = await writeBeside([
      [this.#path(latest), bytes],
      [weights, weightsOf(checkpoint)],
    ]);
    await moveFile(freshWeights, weights);
    if (this.#isFirst) await replaceFile(this.#path(previous), bytes);
    if (this.#makesWayTo) await moveFile(this.#path(latest), this.#path(this.#makesWayTo));
    await moveFile(fresh, this.#path(latest));
    this.#makesWayTo = previous;
    this.#isFirst = false;
  }

  /** The weights alone, of a checkpoint that is written already. */
  async writeWeights(checkpoint: Checkpoint): Promise<void> {
    await replaceFile(this.#path(weightsName), weightsOf(checkpoint));
  }

  /** Whether the weights for other programs are there and are those of a checkpoint. */
  async weightsFit({ snapshot }: Checkpoint): Promise<boolean> {
    try {
      const bytes = await readIfAny(this.#path(weightsName));
      if (!bytes) return false;
      const { tensors, metadata } = readSafetensors(bytes);
      const same = [...snapshot.parameters].every(([name, { data }]) => {
        const there = tensors.get(name)?.data;
        return there?.length === data.length && data.every((value, at) => value === there[at]);
      });
      return same && metadata.step === String(snapshot.step);
    } catch {
      return false;
    }
  }

  /** A checkpoint, what is wrong with it, or null where there is none. */
  async #readOne(name: string): Promise<Checkpoint | ErrorReport | null> {
    try {
      const bytes = await readIfAny(this.#path(name));
      if (!bytes) return null;
      const checkpoint = readCheckpoint(bytes);
      const differences = differencesOf(checkpoint.config, this.#config);
      return differences.length > 0 ? errorReport('CheckpointError.otherRun', { differences }) : checkpoint;
    } catch (thrown) {
      return reportOf(thrown);
    }
  }

  #path(name: string): string {
    return join(this.#directory, name);
  }
}

function weightsOf({ config, snapshot }: Checkpoint): Uint8Array {
  return writeWeights(snapshot.parameters, config, snapshot.step);
}
