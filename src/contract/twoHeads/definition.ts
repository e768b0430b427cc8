import * as tf from '@tensorflow/tfjs-core';
import type { TfjsDefinition } from '../../engines/tfjs/definition.ts';
import { gradientOf } from '../../engines/tfjs/gradient.ts';
import { applyLayer, matrix, pictures } from '../../engines/tfjs/layers.ts';
import type { Weights } from '../../engines/tfjs/parameterVector.ts';
import { StateLayout, type TfjsStates } from '../../engines/tfjs/states.ts';
import {
  discriminatorLoss,
  klPerLatent,
  logRatio,
  reconstructionLoss,
  reparameterise,
} from '../../families/vae/tfjs/losses.ts';
import { judgeRepeats, layersOf, type TwoHeadsModel } from './model.ts';

/** The same family in tfjs. */
export function twoHeadsDefinition({ config, plan }: TwoHeadsModel): TfjsDefinition {
  const { encoder, decoder, trunk, heads } = layersOf(config);
  const layout = new StateLayout(plan);
  const encode = (weights: Weights, images: tf.Tensor4D) => {
    const code = encoder.reduce((x: tf.Tensor, layer) => applyLayer(layer, weights, x), images);
    const [mean, logVariance] = tf.split<tf.Tensor2D>(
      matrix(code, images.shape[0], 2 * config.latents),
      2,
      1,
    );
    return { mean, logVariance };
  };
  /** The judge's log ratio by each head, [2 * batch]. */
  const judge = (weights: Weights, codes: tf.Tensor2D) => {
    const shared = applyLayer(trunk, weights, codes);
    return heads.map((head) => logRatio(matrix(applyLayer(head, weights, shared), codes.shape[0], 2)));
  };

  return {
    encode: (weights, images) => encode(weights('vae'), images),
    decode: null,
    discriminate: (weights, codes) => judge(weights('judge'), codes)[0],
    step: (states, inputs, { live, update }) =>
      tf.tidy(() => {
        let judgeState = states.judge;
        let seenByJudge: { loss: tf.Scalar; right: tf.Scalar } | null = null;
        for (let repeat = 0; repeat < judgeRepeats; repeat++) {
          const posterior = encode(
            layout.split('vae', states.vae.parameters),
            inputs.images('judged', repeat),
          );
          const codes = reparameterise(posterior, inputs.noise('judgedNoise', repeat));
          const flat = tf.reshape(codes, [-1]);
          const shuffled = matrix(tf.gather(flat, inputs.shuffle('permutation', repeat)), ...codes.shape);
          const both = tf.concat([codes, shuffled]);
          const pass = gradientOf(judgeState.parameters, (parameters) => {
            const ratios = judge(layout.split('judge', parameters), both).map((ratio) =>
              tf.split<tf.Tensor1D>(ratio, 2),
            );
            const [a, b] = ratios.map(([joint, permuted]) => discriminatorLoss(joint, permuted));
            const right = tf.mean<tf.Scalar>(tf.cast(tf.greater(ratios[1][0], 0), 'float32'));
            return { loss: tf.add<tf.Scalar>(a, b), seen: { loss: a, right } };
          });
          judgeState = update('judge', judgeState, pass.gradient, repeat);
          seenByJudge = { loss: tf.clone(pass.seen.loss), right: tf.clone(pass.seen.right) };
          tf.dispose(pass.seen);
        }
        const images = inputs.images('seen');
        const { gradient, seen } = gradientOf(states.vae.parameters, (parameters) => {
          const weights = layout.split('vae', parameters);
          const posterior = encode(weights, images);
          const codes = reparameterise(posterior, inputs.noise('noise'));
          const logits = decoder.reduce((x: tf.Tensor, layer) => applyLayer(layer, weights, x), codes);
          const reconstruction = reconstructionLoss(pictures(logits, ...images.shape), images);
          const klEach = klPerLatent(posterior);
          const loss: tf.Scalar = tf.add(reconstruction, tf.mul(tf.sum(klEach), live.beta));
          return { loss, seen: { reconstruction, klEach } };
        });
        const vae = update('vae', states.vae, gradient);
        if (!seenByJudge) throw new RangeError('the judge was not trained');
        const { loss, right } = seenByJudge;
        const scalars = [seen.reconstruction, tf.sum(seen.klEach), loss, right, tf.scalar(live.beta)];
        const metrics = tf.concat([tf.reshape<tf.Rank.R1>(tf.stack(scalars), [-1]), seen.klEach]);
        tf.dispose(seen);
        const next: TfjsStates = { vae, judge: judgeState };
        return { states: next, metrics };
      }),
  };
}
