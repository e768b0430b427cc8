import * as tf from '@tensorflow/tfjs-core';

/** As in PyTorch: outside the square root. */
const epsilon = 1e-8;

/** A vector of parameters and Adam's two moments of it. */
export type AdamState = {
  readonly parameters: tf.Tensor1D;
  readonly firstMoment: tf.Tensor1D;
  readonly secondMoment: tf.Tensor1D;
};

/** Parameters with zero moments, owned by the caller; takes `parameters` over. */
export function freshState(parameters: tf.Tensor1D): AdamState {
  const firstMoment = tf.zeros<tf.Rank.R1>([parameters.size]);
  return { parameters, firstMoment, secondMoment: tf.zerosLike(firstMoment) };
}

export function disposeState({ parameters, firstMoment, secondMoment }: AdamState): void {
  tf.dispose([parameters, firstMoment, secondMoment]);
}

/**
 * One step of Adam (Kingma & Ba 2015, Algorithm 1), in the order of operations of PyTorch's. Returns a new state.
 * @param updates how many updates this one makes it: 1 for the first.
 */
export function adamStep(
  { parameters, firstMoment, secondMoment }: AdamState,
  gradient: tf.Tensor1D,
  updates: number,
  learningRate: number,
  [beta1, beta2]: readonly [number, number],
): AdamState {
  return tf.tidy(() => {
    const first: tf.Tensor1D = tf.add(tf.mul(firstMoment, beta1), tf.mul(gradient, 1 - beta1));
    const second: tf.Tensor1D = tf.add(tf.mul(secondMoment, beta2), tf.mul(tf.square(gradient), 1 - beta2));
    const stepSize = learningRate / (1 - beta1 ** updates);
    const rootCorrection = Math.sqrt(1 - beta2 ** updates);
    const denominator = tf.add(tf.div(tf.sqrt(second), rootCorrection), epsilon);
    const change = tf.mul(tf.div(first, denominator), stepSize);
    const next: tf.Tensor1D = tf.sub(parameters, change);
    return { parameters: next, firstMoment: first, secondMoment: second };
  });
}
