import * as tf from '@tensorflow/tfjs-core';
import type { RunConfig } from '../../../config/schema.ts';
import type { TfjsDefinition, TfjsInputs, TfjsStep } from '../../../engines/tfjs/definition.ts';
import { gradientOf } from '../../../engines/tfjs/gradient.ts';
import { StateLayout, type TfjsStates } from '../../../engines/tfjs/states.ts';
import type { Plan } from '../../../plan/program.ts';
import { usesSecondBatch } from '../inputs.ts';
import {
  discriminatorAccuracy,
  discriminatorLoss,
  klPerLatent,
  logRatio,
  reconstructionLoss,
  reparameterise,
  totalCorrelation,
} from './losses.ts';
import { Networks } from './networks.ts';

/**
 * One step of training: Algorithm 2 of Kim & Mnih 2018 for FactorVAE; for beta-VAE its first half without the
 * discriminator. Encoder and decoder are one optimiser's, "vae"; the discriminator is another's.
 */
class Algorithm2 implements TfjsDefinition {
  readonly #config: RunConfig;
  readonly #networks: Networks;
  readonly #layout: StateLayout;

  constructor(config: RunConfig, plan: Plan) {
    this.#config = config;
    this.#networks = new Networks(config);
    this.#layout = new StateLayout(plan);
  }

  readonly encode: TfjsDefinition['encode'] = (weights, images) =>
    this.#networks.encode(weights('vae'), images);

  readonly decode: TfjsDefinition['decode'] = (weights, codes) =>
    this.#networks.decode(weights('vae'), codes);

  readonly discriminate: TfjsDefinition['discriminate'] = (weights, codes) =>
    logRatio(this.#networks.discriminate(weights('discriminator'), codes));

  /** Metrics have 0 in columns that beta-VAE does not measure. */
  step(states: TfjsStates, inputs: TfjsInputs, settings: TfjsStep) {
    return tf.tidy(() =>
      this.#config.objective === 'betaVae'
        ? this.#betaVaeStep(states, inputs, settings)
        : this.#factorVaeStep(states, inputs, settings),
    );
  }

  #factorVaeStep(states: TfjsStates, inputs: TfjsInputs, { live, update }: TfjsStep) {
    const { beta, gamma } = live;
    const discriminatorWeights = this.#layout.split('discriminator', states.discriminator.parameters);

    // The VAE's loss on batch 1, and its update.
    const vaePass = gradientOf(states.vae.parameters, (parameters) => {
      const { codes, reconstruction, klEach } = this.#variationalTerms(parameters, inputs);
      const tc = totalCorrelation(logRatio(this.#networks.discriminate(discriminatorWeights, codes)));
      const negativeElbo = tf.add(reconstruction, tf.mul(tf.sum(klEach), beta));
      const loss: tf.Scalar = tf.add(negativeElbo, tf.mul(tc, gamma));
      return { loss, seen: { codes, reconstruction, klEach, tc } };
    });
    const vae = update('vae', states.vae, vaePass.gradient);

    // Batch 2 through the updated encoder, or batch 1's codes again, each latent shuffled over the batch (Algorithm 1).
    const codes2 = usesSecondBatch(this.#config)
      ? this.#secondCodes(vae.parameters, inputs)
      : vaePass.seen.codes;
    const shuffled = tf.reshape<tf.Rank.R2>(
      tf.gather(tf.reshape(codes2, [-1]), inputs.shuffle('permutation')),
      codes2.shape,
    );

    // The discriminator's loss on batch 1's codes, as sampled before the VAE's update, and its update.
    const bothHalves = tf.concat([vaePass.seen.codes, shuffled]);
    const discriminatorPass = gradientOf(states.discriminator.parameters, (parameters) => {
      const weights = this.#layout.split('discriminator', parameters);
      const ratio = logRatio(this.#networks.discriminate(weights, bothHalves));
      const [joint, permuted] = tf.split<tf.Tensor1D>(ratio, 2);
      const loss = discriminatorLoss(joint, permuted);
      return { loss, seen: { loss, accuracy: discriminatorAccuracy(joint, permuted) } };
    });
    const discriminator = update('discriminator', states.discriminator, discriminatorPass.gradient);

    const { reconstruction, klEach, tc } = vaePass.seen;
    const { loss, accuracy } = discriminatorPass.seen;
    const metrics = metricsRow(reconstruction, klEach, [tc, loss, accuracy], gamma, beta);
    tf.dispose([vaePass.seen, discriminatorPass.seen]);
    return { states: { ...states, vae, discriminator }, metrics };
  }

  #secondCodes(updated: tf.Tensor1D, inputs: TfjsInputs): tf.Tensor2D {
    const posterior = this.#networks.encode(this.#layout.split('vae', updated), inputs.images('batch2'));
    return reparameterise(posterior, inputs.noise('noise2'));
  }

  #betaVaeStep(states: TfjsStates, inputs: TfjsInputs, { live, update }: TfjsStep) {
    const { beta } = live;
    const { gradient, seen } = gradientOf(states.vae.parameters, (parameters) => {
      const { reconstruction, klEach } = this.#variationalTerms(parameters, inputs);
      const loss: tf.Scalar = tf.add(reconstruction, tf.mul(tf.sum(klEach), beta));
      return { loss, seen: { reconstruction, klEach } };
    });
    const vae = update('vae', states.vae, gradient);
    const none = tf.zeros<tf.Rank.R0>([]);
    const metrics = metricsRow(seen.reconstruction, seen.klEach, [none, none, none], 0, beta);
    tf.dispose(seen);
    return { states: { ...states, vae }, metrics };
  }

  /** What both objectives share: codes z of batch 1, and the two terms of the negative ELBO. */
  #variationalTerms(parameters: tf.Tensor1D, inputs: TfjsInputs) {
    const weights = this.#layout.split('vae', parameters);
    const images = inputs.images('batch1');
    const posterior = this.#networks.encode(weights, images);
    const codes = reparameterise(posterior, inputs.noise('noise1'));
    const reconstruction = reconstructionLoss(this.#networks.decode(weights, codes), images);
    return { codes, reconstruction, klEach: klPerLatent(posterior) };
  }
}

/** FactorVAE and beta-VAE in tfjs; `plan` is the run's. */
export function vaeDefinition(config: RunConfig, plan: Plan): TfjsDefinition {
  return new Algorithm2(config, plan);
}

/** See columns.ts; what the discriminator measures, as it has it. */
function metricsRow(
  reconstruction: tf.Scalar,
  klEach: tf.Tensor1D,
  discriminatorColumns: readonly tf.Scalar[],
  gamma: number,
  beta: number,
): tf.Tensor1D {
  const measured = tf.stack([reconstruction, tf.sum(klEach), ...discriminatorColumns]);
  return tf.concat([tf.reshape<tf.Rank.R1>(measured, [-1]), tf.tensor1d([gamma, beta]), klEach]);
}
