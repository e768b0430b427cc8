import * as tf from '@tensorflow/tfjs-core';
import { type LiveSettings, type RunConfig, usesSecondBatch } from '../../config/schema.ts';
import { type AdamState, adamStep } from './adam.ts';
import { gradientOf } from './gradient.ts';
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
import { VectorLayout } from './parameterVector.ts';

/** All that a step changes: encoder and decoder are one vector, the discriminator another. */
export type TrainingState = {
  readonly vae: AdamState;
  readonly discriminator: AdamState;
};

/** Everything random in one step, on the device; see StepInputs for shapes. */
export interface StepTensors {
  readonly images1: tf.Tensor4D;
  readonly noise1: tf.Tensor2D;
  readonly images2: tf.Tensor4D;
  readonly noise2: tf.Tensor2D;
  /** Where each number of the permuted code comes from, [batch * latents]: see `shuffleIndices`. */
  readonly shuffle: tf.Tensor1D;
}

/** What a step starts from, beside the state. */
export interface StepSettings extends LiveSettings {
  /** How many updates this one makes it: 1 for the first. */
  readonly updates: number;
}

/**
 * One step of training: Algorithm 2 of Kim & Mnih 2018 for FactorVAE; for beta-VAE its first half without the
 * discriminator. States and metrics are returned, never changed in place; the caller owns them.
 */
export class Algorithm2 {
  readonly networks: Networks;
  readonly vaeLayout: VectorLayout;
  readonly discriminatorLayout: VectorLayout;
  readonly #config: RunConfig;

  constructor(config: RunConfig) {
    this.#config = config;
    this.networks = new Networks(config);
    this.vaeLayout = new VectorLayout(config, ['encoder', 'decoder']);
    this.discriminatorLayout = new VectorLayout(config, ['discriminator']);
  }

  /** Metrics are a row of model/metricsRow.ts, [metricWidth(latents)], with 0 in beta-VAE's unmeasured columns. */
  step(
    state: TrainingState,
    inputs: StepTensors,
    settings: StepSettings,
  ): { state: TrainingState; metrics: tf.Tensor1D } {
    return tf.tidy(() =>
      this.#config.objective === 'betaVae'
        ? this.#betaVaeStep(state, inputs, settings)
        : this.#factorVaeStep(state, inputs, settings),
    );
  }

  #factorVaeStep(state: TrainingState, inputs: StepTensors, settings: StepSettings) {
    const { beta, gamma, updates } = settings;
    const discriminatorWeights = this.discriminatorLayout.split(state.discriminator.parameters);

    // The VAE's loss on batch 1, and its update.
    const vaePass = gradientOf(state.vae.parameters, (parameters) => {
      const { codes, reconstruction, klEach } = this.#variationalTerms(parameters, inputs);
      const tc = totalCorrelation(logRatio(this.networks.discriminate(discriminatorWeights, codes)));
      const negativeElbo = tf.add(reconstruction, tf.mul(tf.sum(klEach), beta));
      const loss: tf.Scalar = tf.add(negativeElbo, tf.mul(tc, gamma));
      return { loss, seen: { codes, reconstruction, klEach, tc } };
    });
    const vae = adamStep(state.vae, vaePass.gradient, updates, settings.learningRate, this.#config.adamBetas);

    // Batch 2 through the updated encoder, or batch 1's codes again, each latent shuffled over the batch (Algorithm 1).
    const codes2 = usesSecondBatch(this.#config)
      ? this.#secondCodes(vae.parameters, inputs)
      : vaePass.seen.codes;
    const shuffled = tf.reshape<tf.Rank.R2>(
      tf.gather(tf.reshape(codes2, [-1]), inputs.shuffle),
      codes2.shape,
    );

    // The discriminator's loss on batch 1's codes, as sampled before the VAE's update, and its update.
    const bothHalves = tf.concat([vaePass.seen.codes, shuffled]);
    const discriminatorPass = gradientOf(state.discriminator.parameters, (parameters) => {
      const weights = this.discriminatorLayout.split(parameters);
      const ratio = logRatio(this.networks.discriminate(weights, bothHalves));
      const [joint, permuted] = tf.split<tf.Tensor1D>(ratio, 2);
      const loss = discriminatorLoss(joint, permuted);
      return { loss, seen: { loss, accuracy: discriminatorAccuracy(joint, permuted) } };
    });
    const discriminator = adamStep(
      state.discriminator,
      discriminatorPass.gradient,
      updates,
      settings.discriminatorLearningRate,
      this.#config.discriminatorAdamBetas,
    );

    const { reconstruction, klEach, tc } = vaePass.seen;
    const { loss, accuracy } = discriminatorPass.seen;
    const metrics = metricsRow(reconstruction, klEach, [tc, loss, accuracy], gamma, beta);
    tf.dispose([vaePass.seen, discriminatorPass.seen]);
    return { state: { vae, discriminator }, metrics };
  }

  #secondCodes(updated: tf.Tensor1D, { images2, noise2 }: StepTensors): tf.Tensor2D {
    return reparameterise(this.networks.encode(this.vaeLayout.split(updated), images2), noise2);
  }

  #betaVaeStep(state: TrainingState, inputs: StepTensors, { beta, learningRate, updates }: StepSettings) {
    const { gradient, seen } = gradientOf(state.vae.parameters, (parameters) => {
      const { reconstruction, klEach } = this.#variationalTerms(parameters, inputs);
      const loss: tf.Scalar = tf.add(reconstruction, tf.mul(tf.sum(klEach), beta));
      return { loss, seen: { reconstruction, klEach } };
    });
    const vae = adamStep(state.vae, gradient, updates, learningRate, this.#config.adamBetas);
    const unmeasured = tf.zeros<tf.Rank.R0>([]);
    const metrics = metricsRow(
      seen.reconstruction,
      seen.klEach,
      [unmeasured, unmeasured, unmeasured],
      0,
      beta,
    );
    tf.dispose(seen);
    return { state: { vae, discriminator: state.discriminator }, metrics };
  }

  /** What both objectives share: codes z of batch 1, and the two terms of the negative ELBO. */
  #variationalTerms(parameters: tf.Tensor1D, { images1, noise1 }: StepTensors) {
    const weights = this.vaeLayout.split(parameters);
    const posterior = this.networks.encode(weights, images1);
    const codes = reparameterise(posterior, noise1);
    const reconstruction = reconstructionLoss(this.networks.decode(weights, codes), images1);
    return { codes, reconstruction, klEach: klPerLatent(posterior) };
  }
}

/** Algorithm 1 as indices of the flattened codes: number j of row b is index permutation[j, b] * latents + j. */
export function shuffleIndices(permutation: Int32Array, latents: number): Int32Array {
  const batch = permutation.length / latents;
  return Int32Array.from(permutation, (_, at) => {
    const latent = at % latents;
    return permutation[latent * batch + Math.floor(at / latents)] * latents + latent;
  });
}

/** See model/metricsRow.ts. */
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
