import { z } from 'zod';
import { presets } from '../../src/config/presets.ts';
import { imageSizeStep, type RunConfig } from '../../src/config/schema.ts';
import { AppError } from '../../src/errors.ts';
import { quoted } from '../../src/files/quoted.ts';
import { allowedText } from '../../src/locale/settingWords.ts';
import type { Setting } from '../../src/settings/setting.ts';
import { table } from '../../src/settings/table.ts';

/** The only epsilon of Adam that the trainers know. */
export const adamEpsilon = 1e-8;

/** What a key of the reference's configuration may be: as a schema, and in words. */
export interface Rule<T> {
  readonly schema: z.ZodType<T>;
  readonly words: string;
}

export function rule<T>({ schema, allowed }: Setting<T>): Rule<T> {
  const words = allowedText(allowed);
  return { schema, words: allowed.kind === 'list' ? `a list of ${words}` : words };
}

/** The reference's keys; its numbers keep to the limits of every run. */
const rules = {
  size: rule(table.imageSize),
  channels: rule(table.channels),
  conv: rule(table.convWidths),
  dense: rule(table.denseWidth),
  latents: rule(table.latents),
  disc_width: rule(table.discriminatorWidth),
  disc_hidden: rule(table.discriminatorDepth),
  batch: rule(table.batchSize),
  gamma: rule(table.gamma),
  lr: rule(table.learningRate),
  betas: rule(table.adamBetas),
  disc_lr: rule(table.discriminatorLearningRate),
  disc_betas: rule(table.discriminatorAdamBetas),
  eps: { schema: z.literal(adamEpsilon), words: `${adamEpsilon}, which the trainers use` },
} as const;

const objectSchema = z.record(z.string(), z.unknown());

/** The settings of a parity file by the reference's keys, none of them checked. */
export type Given = Readonly<Record<string, unknown>>;

/** @throws AppError FixtureError for what is no JSON object. */
export function readGiven(json: string): Given {
  const parsed = objectSchema.safeParse(parseJson(json));
  if (!parsed.success) throw new AppError('FixtureError.config', { given: quoted(json) });
  return parsed.data;
}

/** @throws AppError FixtureError saying what the setting may be. */
export function readSetting<T>(given: Given, key: string, { schema, words }: Rule<T>): T {
  const value = schema.safeParse(given[key]);
  if (value.success) return value.data;
  if (!Object.hasOwn(given, key)) throw new AppError('FixtureError.noSetting', { key, allowed: words });
  const found = quoted(JSON.stringify(given[key]));
  throw new AppError('FixtureError.setting', { key, allowed: words, given: found });
}

/** Sizes by themselves are in their ranges: what is left is the rule that ties the images' to the convolutions. */
export function checkSize(size: number, conv: readonly number[]): void {
  const multiple = imageSizeStep(conv.length);
  if (size % multiple !== 0) throw new AppError('FixtureError.size', { multiple, given: size });
}

/**
 * A run with the settings of FactorVAE's reference.
 * @throws AppError FixtureError saying which key is wrong and what it may be.
 */
export function readConfig(given: Given): RunConfig {
  const read = <T>(key: keyof typeof rules, of: Rule<T>): T => readSetting(given, key, of);
  const config: RunConfig = {
    ...presets.tiny,
    objective: 'factorVae',
    imageSize: read('size', rules.size),
    channels: read('channels', rules.channels),
    convWidths: read('conv', rules.conv),
    denseWidth: read('dense', rules.dense),
    latents: read('latents', rules.latents),
    discriminatorWidth: read('disc_width', rules.disc_width),
    discriminatorDepth: read('disc_hidden', rules.disc_hidden),
    batchSize: read('batch', rules.batch),
    gamma: read('gamma', rules.gamma),
    beta: 1,
    learningRate: read('lr', rules.lr),
    adamBetas: read('betas', rules.betas),
    discriminatorLearningRate: read('disc_lr', rules.disc_lr),
    discriminatorAdamBetas: read('disc_betas', rules.disc_betas),
  };
  read('eps', rules.eps);
  checkSize(config.imageSize, config.convWidths);
  return config;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
