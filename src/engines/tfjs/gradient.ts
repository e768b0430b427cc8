import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';

/**
 * The gradient of a loss in a parameter vector, and other tensors of the same forward pass to look at or go on with
 * (tf.valueAndGrad frees all but the loss). The caller disposes `seen`: they belong to no tidy.
 */
export function gradientOf<Seen extends Record<string, tf.Tensor>>(
  parameters: tf.Tensor1D,
  forward: (parameters: tf.Tensor1D) => { readonly loss: tf.Scalar; readonly seen: Seen },
): { readonly gradient: tf.Tensor1D; readonly seen: Seen } {
  const passes: Seen[] = [];
  const { grad } = tf.valueAndGrad<tf.Tensor1D, tf.Scalar>((vector) => {
    const { loss, seen } = forward(vector);
    for (const tensor of Object.values(seen)) tf.keep(tensor);
    passes.push(seen);
    return loss;
  })(parameters);
  return { gradient: grad, seen: passes[0] };
}
