import { z } from 'zod';
import { presets } from '../../src/config/presets.ts';
import type { InfoWganGpConfig } from '../../src/families/infoWganGp/config.ts';
import type { IterationInputs } from '../../src/families/infoWganGp/inputs.ts';
import { infoWganGpLayers } from '../../src/families/infoWganGp/networks.ts';
import type { NamedTensors } from '../../src/model/parameters.ts';
import { inputLength } from '../../src/plan/operations.ts';
import { infoWganGp as settings } from '../../src/settings/infoWganGp.ts';
import { table } from '../../src/settings/table.ts';
import { adamEpsilon, checkSize, type Given, type Rule, readSetting, rule } from './config.ts';
import { FixtureFile } from './fixtureFile.ts';

export interface CriticStep {
  readonly inputs: Omit<IterationInputs, 'generatorInput'>;
  /** Gap, penalty and information. */
  readonly losses: Float32Array;
}

export interface Iteration {
  readonly criticSteps: readonly CriticStep[];
  readonly generatorInput: Float32Array;
  /** Mean score of generated images, and information. */
  readonly generatorLosses: Float32Array;
}

/**
 * Some iterations of the PyTorch reference: what went in, losses, and parameters before and after. Of the first
 * critic step there are gradients too.
 */
export interface InfoWganGpFixture {
  readonly config: InfoWganGpConfig;
  readonly iterations: readonly Iteration[];
  readonly before: NamedTensors;
  readonly after: NamedTensors;
  /** Of the first critic step: the gradient of its whole loss, and that of the penalty alone, unweighted. */
  readonly gradient: NamedTensors;
  readonly penaltyGradient: NamedTensors;
}

const rules = {
  size: rule(table.imageSize),
  channels: rule(table.channels),
  conv: rule(table.convWidths),
  dense: rule(table.denseWidth),
  codes: rule(table.latents),
  categories: rule(settings.categories),
  noise: rule(settings.noiseInputs),
  batch: rule(table.batchSize),
  critics: rule(settings.criticSteps),
  penalty_weight: rule(settings.penaltyWeight),
  info_weight: rule(settings.informationWeight),
  lr: rule(settings.generatorLearningRate),
  betas: rule(settings.generatorAdamBetas),
  critic_lr: rule(settings.criticLearningRate),
  critic_betas: rule(settings.criticAdamBetas),
  eps: { schema: z.literal(adamEpsilon), words: `${adamEpsilon}, which the trainers use` },
  batch_norm: { schema: z.literal(false), words: 'false: the networks here have no batch norm' },
} as const;

/** Whether a file is of this reference: only its settings say how many critic steps there are. */
export function isInfoWganGp(given: Given): boolean {
  return Object.hasOwn(given, 'critics');
}

/**
 * Reads a parity case as written by the PyTorch reference.
 * @throws AppError FixtureError saying which key or tensor is wrong and what it may be, and those of
 * `readSafetensors`.
 */
export function readInfoWganGpFixture(bytes: Uint8Array): InfoWganGpFixture {
  return infoWganGpFixtureOf(FixtureFile.read(bytes));
}

export function infoWganGpFixtureOf(file: FixtureFile): InfoWganGpFixture {
  const config = configOf(file.given);
  const { batchSize: batch, input } = config;
  const { imageSize, channels } = config.images;
  const { generator, trunk, value, inference } = infoWganGpLayers(config);
  const critic = [...trunk, value, ...inference];
  const inputs = (name: string) => file.floats(name, [batch, inputLength(input)]);
  const iterations = Array.from({ length: file.steps }, (_, t): Iteration => {
    const losses = file.floats(`critic_loss.${t}`, [config.criticSteps, 3]);
    return {
      criticSteps: Array.from({ length: config.criticSteps }, (__, k) => ({
        inputs: {
          images: file.images(`real.${t}.${k}`, [batch, channels, imageSize, imageSize]),
          criticInput: inputs(`input.${t}.${k}`),
          mix: file.floats(`mix.${t}.${k}`, [batch]),
        },
        losses: losses.subarray(3 * k, 3 * (k + 1)),
      })),
      generatorInput: inputs(`input.${t}.g`),
      generatorLosses: file.floats(`generator_loss.${t}`, [2]),
    };
  });
  const all = [...generator, ...critic];
  // The reference calls the critic's gradients check.grad.* and check.penalty.*, as if these were networks.
  const checked = (prefix: string): NamedTensors => {
    const layers = critic.map((layer) => ({ ...layer, network: prefix }));
    const tensors = file.parameters('check', layers);
    return new Map(Array.from(tensors, ([name, tensor]) => [name.replace(prefix, 'critic'), tensor]));
  };
  return {
    config,
    iterations,
    before: file.parameters('before', all),
    after: file.parameters('after', all),
    gradient: checked('grad'),
    penaltyGradient: checked('penalty'),
  };
}

function configOf(given: Given): InfoWganGpConfig {
  const read = <T>(key: keyof typeof rules, of: Rule<T>): T => readSetting(given, key, of);
  const convWidths = read('conv', rules.conv);
  const imageSize = read('size', rules.size);
  checkSize(imageSize, convWidths);
  read('eps', rules.eps);
  read('batch_norm', rules.batch_norm);
  const { dataset, factors, shapes3d, data, seed } = presets.tiny;
  return {
    images: { dataset, factors, shapes3d, data, imageSize, channels: read('channels', rules.channels) },
    seed,
    convWidths,
    denseWidth: read('dense', rules.dense),
    batchSize: read('batch', rules.batch),
    input: {
      codes: read('codes', rules.codes),
      categories: read('categories', rules.categories),
      noise: read('noise', rules.noise),
    },
    criticSteps: read('critics', rules.critics),
    penaltyWeight: read('penalty_weight', rules.penalty_weight),
    informationWeight: read('info_weight', rules.info_weight),
    generatorLearningRate: read('lr', rules.lr),
    generatorAdamBetas: read('betas', rules.betas),
    criticLearningRate: read('critic_lr', rules.critic_lr),
    criticAdamBetas: read('critic_betas', rules.critic_betas),
  };
}
