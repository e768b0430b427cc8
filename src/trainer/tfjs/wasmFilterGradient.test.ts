import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { createNodeBackend } from '../../../cli/nodeBackend.ts';
import { streams } from '../../data/philox.ts';
import { normals } from '../../data/random.ts';

interface Case {
  readonly batch: number;
  readonly size: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  readonly pad: number;
}
const layer = { kernel: 4, stride: 2, pad: 1 };
const cases: Case[] = [
  { batch: 16, size: 16, inputs: 1, outputs: 8, ...layer },
  { batch: 1, size: 8, inputs: 3, outputs: 5, ...layer },
  { batch: 7, size: 2, inputs: 9, outputs: 3, ...layer },
  { batch: 33, size: 12, inputs: 1, outputs: 1, ...layer },
  { batch: 5, size: 9, inputs: 2, outputs: 3, ...layer },
  { batch: 3, size: 7, inputs: 4, outputs: 6, kernel: 3, stride: 1, pad: 1 },
  { batch: 2, size: 11, inputs: 5, outputs: 2, kernel: 5, stride: 3, pad: 2 },
];

/** The kernel's result on one backend, and by how many tensors' data it grew that backend. */
async function filterGradient(name: 'cpu' | 'wasm', c: Case, pad: number | string = c.pad) {
  await createNodeBackend(name);
  const outSize = Math.floor((c.size + 2 * c.pad - c.kernel) / c.stride) + 1;
  const numbers = (shape: number[], step: number) =>
    tf.tensor(normals(1, streams.noise1, step, tf.util.sizeFromShape(shape)), shape);
  const x = numbers([c.batch, c.size, c.size, c.inputs], 0);
  const dy = numbers([c.batch, outSize, outSize, c.outputs], 1);
  const filterShape = [c.kernel, c.kernel, c.inputs, c.outputs];
  const before = tf.backend().numDataIds();
  const gradient = tf
    .engine()
    .runKernel<tf.Tensor>(
      tf.Conv2DBackpropFilter,
      { x, dy },
      { strides: c.stride, pad, dataFormat: 'NHWC', filterShape },
    );
  const grown = tf.backend().numDataIds() - before;
  const values = await gradient.data();
  tf.dispose([x, dy, gradient]);
  return { values, shape: gradient.shape, grown };
}

describe('the filter gradient on wasm', () => {
  test.each(cases)(
    '$batch x $size x $size x $inputs to $outputs, kernel $kernel, stride $stride',
    async (c) => {
      const expected = await filterGradient('cpu', c);
      const actual = await filterGradient('wasm', c);
      expect(actual.shape).toEqual(expected.shape);
      const scale = Math.max(...expected.values.map(Math.abs));
      const worst = Math.max(...actual.values.map((value, i) => Math.abs(value - expected.values[i])));
      expect(worst).toBeLessThan(1e-5 * scale);
      // Nothing but the result is left behind.
      expect(actual.grown).toBe(1);
    },
  );

  test('what it cannot compute is refused by name', async () => {
    await expect(filterGradient('wasm', cases[0], 'same')).rejects.toMatchObject({ name: 'WasmKernelError' });
  });
});
