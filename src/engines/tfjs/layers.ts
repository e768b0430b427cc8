import * as tf from '@tensorflow/tfjs-core';
import { kernelSize, type LayerSpec, leakySlope, padding, stride } from '../../model/layers.ts';
import type { Weights } from './parameterVector.ts';

/** One layer of any kind and its activation; it may be differentiated twice. */
export function applyLayer(layer: LayerSpec, weights: Weights, input: tf.Tensor): tf.Tensor {
  const { network, name, kind, inputs, outputs, inputSize, activation } = layer;
  const numbers = weights.get(`${network}.${name}.weight`);
  const bias = weights.get(`${network}.${name}.bias`);
  if (!numbers || !bias) throw new RangeError(`there are no weights of ${network}.${name}`);
  const count = input.shape[0];
  const products = () => {
    if (kind === 'dense') return tf.matMul(matrix(input, count, inputs), matrix(numbers, inputs, outputs));
    const picture = pictures(input, count, inputSize, inputSize, inputs);
    if (kind === 'conv') {
      const filter = pictures(numbers, kernelSize, kernelSize, inputs, outputs);
      return tf.conv2d(picture, filter, stride, padding);
    }
    const filter = pictures(numbers, kernelSize, kernelSize, outputs, inputs);
    const side = inputSize * stride;
    return tf.conv2dTranspose(picture, filter, [count, side, side, outputs], stride, padding);
  };
  const sums = tf.add(products(), bias);
  if (activation === 'none') return sums;
  if (activation === 'relu') return tf.relu(sums);
  // The gradient of tf.leakyRelu compares numbers, which tfjs cannot differentiate; a step it can.
  return tf.mul(sums, tf.add(tf.mul(tf.step(sums), 1 - leakySlope), leakySlope));
}

export const matrix = (numbers: tf.Tensor, rows: number, columns: number) =>
  tf.reshape<tf.Rank.R2>(numbers, [rows, columns]);

export const pictures = (numbers: tf.Tensor, ...shape: [number, number, number, number]) =>
  tf.reshape<tf.Rank.R4>(numbers, shape);
