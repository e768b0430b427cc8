import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { presetNames } from '../../src/config/presets.ts';
import { runConfigSchema } from '../../src/config/schema.ts';
import { AppError, reportOf } from '../../src/errors.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../src/files/checkpoint.ts';
import { writeWeights } from '../../src/files/weights.ts';
import type { MetricsBatch, PictureSet } from '../../src/protocol/messages.ts';
import { type EvaluationRecord, evaluationRecordSchema } from '../../src/record/evaluationRecord.ts';
import { parseRunRecord, type RunRecord, runRecordJson } from '../../src/record/runRecord.ts';
import { readIfAny, replaceFile } from './files.ts';
import { appendMetrics, rewindMetrics } from './metricsFile.ts';
import { reconstructionsPng, traversalsPng } from './pictures.ts';
import { settings, settingText } from './settings.ts';
import type { SweptRun } from './sweep.ts';

const configFileSchema = z.object({ preset: z.enum(presetNames), config: runConfigSchema });
type ConfigFile = z.infer<typeof configFileSchema>;

const decoder = new TextDecoder();

/**
 * The files of one run: config.json, metrics.jsonl, evaluations.jsonl, checkpoint.safetensors (to go on from),
 * weights.safetensors, reconstructions.png, traversals.png and run.json (its record).
 */
export class RunDirectory {
  readonly path: string;
  readonly #latents: number;

  private constructor(path: string, latents: number) {
    this.path = path;
    this.#latents = latents;
  }

  /**
   * Makes the directory, or opens that of the same run.
   * @throws AppError RunDirectoryError where it holds another run or cannot be used.
   */
  static async open(path: string, { preset, config }: SweptRun): Promise<RunDirectory> {
    const asked: ConfigFile = { preset, config };
    try {
      await mkdir(path, { recursive: true });
      const text = await readIfAny(join(path, 'config.json'));
      if (text) checkSame(path, readConfigFile(path, decoder.decode(text)), asked);
      else await replaceFile(join(path, 'config.json'), `${JSON.stringify(asked, null, 2)}\n`);
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw directoryError(`${path} cannot be used: ${reportOf(cause).message}`, cause);
    }
    return new RunDirectory(path, config.latents);
  }

  /** The record of what was done so far; null where nothing was. */
  async readRecord(): Promise<RunRecord | null> {
    const bytes = await readIfAny(this.#file('run.json'));
    return bytes && parseRunRecord(decoder.decode(bytes));
  }

  async readCheckpoint(): Promise<Checkpoint | null> {
    const bytes = await readIfAny(this.#file('checkpoint.safetensors'));
    return bytes && readCheckpoint(bytes);
  }

  /** Takes metrics and evaluations back to a step: hands over the rows up to it and forgets what came later. */
  async rewind(step: number, onRow: (batch: MetricsBatch) => void): Promise<EvaluationRecord[]> {
    await rewindMetrics(this.#file('metrics.jsonl'), step, this.#latents, onRow);
    const bytes = await readIfAny(this.#file('evaluations.jsonl'));
    const lines = bytes ? decoder.decode(bytes).split('\n').filter(Boolean) : [];
    const evaluations = lines
      .flatMap((line) => evaluationRecordSchema.safeParse(jsonOrNull(line)).data ?? [])
      .filter((evaluation) => evaluation.step <= step);
    const kept = evaluations.map((evaluation) => `${JSON.stringify(evaluation)}\n`);
    if (bytes) await replaceFile(this.#file('evaluations.jsonl'), kept.join(''));
    return evaluations;
  }

  async appendMetrics(batch: MetricsBatch): Promise<void> {
    await appendMetrics(this.#file('metrics.jsonl'), batch, this.#latents);
  }

  async appendEvaluation(evaluation: EvaluationRecord): Promise<void> {
    await appendFile(this.#file('evaluations.jsonl'), `${JSON.stringify(evaluation)}\n`);
  }

  async writeRecord(record: RunRecord): Promise<void> {
    await replaceFile(this.#file('run.json'), runRecordJson(record));
  }

  /** The state to go on from, and the weights alone for other programs. */
  async writeCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const { config, snapshot } = checkpoint;
    await replaceFile(this.#file('checkpoint.safetensors'), writeCheckpoint(checkpoint));
    const weights = writeWeights(snapshot.parameters, config, snapshot.step);
    await replaceFile(this.#file('weights.safetensors'), weights);
  }

  async writePictures(pictures: PictureSet): Promise<void> {
    await replaceFile(this.#file('reconstructions.png'), reconstructionsPng(pictures));
    await replaceFile(this.#file('traversals.png'), traversalsPng(pictures));
  }

  #file(name: string): string {
    return join(this.path, name);
  }
}

function readConfigFile(path: string, text: string): ConfigFile {
  const parsed = configFileSchema.safeParse(jsonOrNull(text));
  if (parsed.success) return parsed.data;
  throw directoryError(
    `${path} holds a config.json that is not of a run of this program; name another directory with --out`,
  );
}

/** Null for what is not JSON. */
function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function checkSame(path: string, there: ConfigFile, asked: ConfigFile): void {
  const differences = settings.flatMap((setting) => {
    const [old, fresh] = [settingText(there.config, setting), settingText(asked.config, setting)];
    return old === fresh ? [] : [`--${setting.option} is ${old} there and ${fresh} here`];
  });
  if (differences.length > 0)
    throw directoryError(
      `${path} holds a run with other settings: ${differences.join(', ')}. Give the same settings to go on with it, or name another directory with --out`,
    );
}

function directoryError(what: string, cause?: unknown): AppError {
  return new AppError('RunDirectoryError', `${what}.`, cause === undefined ? undefined : { cause });
}
