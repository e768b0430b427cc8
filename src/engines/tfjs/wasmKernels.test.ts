import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { startTfjsInNode } from '../../../cli/nodeTfjs.ts';
import { streams } from '../../data/random/philox.ts';
import { normals } from '../../data/random/random.ts';

/** Fixed inputs by name, and the attributes of a kernel. */
interface Call {
  readonly kernel: string;
  readonly shapes: Record<string, number[]>;
  readonly attrs: tf.NamedAttrMap;
}

/** The kernel's result on one backend, and by how many tensors' data it grew that backend. */
async function runOn(backend: 'cpu' | 'wasm', { kernel, shapes, attrs }: Call) {
  await startTfjsInNode(`tfjs-${backend}`);
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape], i) => {
      const numbers = normals(1, streams.noise1, i, tf.util.sizeFromShape(shape));
      return [name, tf.tensor(numbers, shape)];
    }),
  );
  const before = tf.backend().numDataIds();
  const output = tf.engine().runKernel<tf.Tensor>(kernel, inputs, attrs);
  const grown = tf.backend().numDataIds() - before;
  const values = await output.data();
  tf.dispose([inputs, output]);
  return { values, shape: output.shape, grown };
}

async function expectSameOnBoth(call: Call): Promise<void> {
  const expected = await runOn('cpu', call);
  const actual = await runOn('wasm', call);
  expect(actual.shape).toEqual(expected.shape);
  const scale = Math.max(...expected.values.map(Math.abs));
  const worst = Math.max(...actual.values.map((value, i) => Math.abs(value - expected.values[i])));
  expect(worst).toBeLessThan(1e-5 * scale);
  // Nothing but the result is left behind.
  expect(actual.grown).toBe(1);
}

interface Convolution {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  readonly pad: number;
}
const layer = { kernel: 4, stride: 2, pad: 1 };
/** The networks' own geometry first, then others. */
const convolutions: Convolution[] = [
  { batch: 16, height: 16, width: 16, inputs: 1, outputs: 8, ...layer },
  { batch: 1, height: 8, width: 8, inputs: 3, outputs: 5, ...layer },
  { batch: 7, height: 2, width: 2, inputs: 9, outputs: 3, ...layer },
  { batch: 33, height: 12, width: 12, inputs: 1, outputs: 1, ...layer },
  { batch: 2, height: 6, width: 10, inputs: 2, outputs: 7, ...layer },
  { batch: 5, height: 9, width: 9, inputs: 2, outputs: 3, ...layer },
  { batch: 3, height: 7, width: 7, inputs: 4, outputs: 6, kernel: 3, stride: 1, pad: 1 },
  { batch: 2, height: 11, width: 11, inputs: 5, outputs: 2, kernel: 5, stride: 3, pad: 2 },
];
const title = '$batch x $height x $width x $inputs to $outputs, kernel $kernel, stride $stride';

function shapesOf({ batch, height, width, inputs, outputs, kernel, stride, pad }: Convolution) {
  const after = (size: number) => Math.floor((size + 2 * pad - kernel) / stride) + 1;
  return {
    x: [batch, height, width, inputs],
    dy: [batch, after(height), after(width), outputs],
    filter: [kernel, kernel, inputs, outputs],
  };
}

function filterGradientCall(c: Convolution, changed: tf.NamedAttrMap = {}): Call {
  const { x, dy, filter } = shapesOf(c);
  const attrs = { strides: c.stride, pad: c.pad, dataFormat: 'NHWC', filterShape: filter, ...changed };
  return { kernel: tf.Conv2DBackpropFilter, shapes: { x, dy }, attrs };
}

describe('on wasm as on cpu', () => {
  test.each(convolutions)(`the gradient in the filter: ${title}`, (c) =>
    expectSameOnBoth(filterGradientCall(c)),
  );

  test.each(convolutions)(`the gradient in the input: ${title}`, (c) => {
    const { x, dy, filter } = shapesOf(c);
    const attrs = { strides: c.stride, pad: c.pad, dataFormat: 'NHWC', inputShape: x };
    return expectSameOnBoth({ kernel: tf.Conv2DBackpropInput, shapes: { dy, filter }, attrs });
  });

  test.each([
    { a: [5, 7], b: [7, 3], transposeA: false, transposeB: false },
    { a: [7, 5], b: [7, 3], transposeA: true, transposeB: false },
    { a: [5, 7], b: [3, 7], transposeA: false, transposeB: true },
    { a: [7, 5], b: [3, 7], transposeA: true, transposeB: true },
    { a: [1, 9], b: [4, 9], transposeA: false, transposeB: true },
    { a: [64, 130], b: [64, 70], transposeA: true, transposeB: false },
    { a: [2, 7, 5], b: [2, 7, 3], transposeA: true, transposeB: false },
  ])('matrix product of $a and $b, transposed: $transposeA, $transposeB', ({ a, b, ...attrs }) =>
    expectSameOnBoth({ kernel: tf.BatchMatMul, shapes: { a, b }, attrs }),
  );
});

describe('sums and means on wasm', () => {
  test.each([
    { shape: [7], axis: 0 },
    { shape: [5, 9], axis: null },
    { shape: [5, 9], axis: 1 },
    { shape: [5, 9], axis: [0] },
    { shape: [5, 9], axis: -1 },
    { shape: [3, 4, 5, 6], axis: [0, 1, 2] },
    { shape: [3, 4, 5, 6], axis: [2, 1] },
    { shape: [3, 4, 5, 6], axis: [3, 0] },
    { shape: [3, 4, 5, 6], axis: [0, 2] },
    { shape: [3, 4, 5, 6], axis: [] },
    { shape: [], axis: null },
  ])('of $shape over $axis, as on cpu', async ({ shape, axis }) => {
    for (const kernel of [tf.Sum, tf.Mean])
      for (const keepDims of [false, true])
        await expectSameOnBoth({
          kernel,
          shapes: { x: shape },
          attrs: axis === null ? { keepDims } : { axis, keepDims },
        });
  });

  // A bias's gradient adds up as many numbers as there are pixels in a batch: here 512 pictures of 64 x 64 in colour.
  test.each([
    { shape: [512, 64, 64, 3], axis: [0, 1, 2], count: 512 * 64 * 64 },
    { shape: [2, 3 * 64 * 64], axis: 1, count: 3 * 64 * 64 },
    { shape: [512, 3 * 64 * 64], axis: 0, count: 512 },
    { shape: [6_291_456], axis: 0, count: 6_291_456 },
  ])('of $count equal numbers are exact', async ({ shape, axis, count }) => {
    await startTfjsInNode('tfjs-wasm');
    const value = Math.fround(0.1);
    const [sum, mean] = tf.tidy(() => {
      const x = tf.fill(shape, value);
      return [tf.sum(x, axis), tf.mean(x, axis)];
    });
    const farthest = (numbers: ArrayLike<number>, expected: number) =>
      Math.max(...Array.from(numbers, (number) => Math.abs(number / expected - 1)));
    expect(farthest(await sum.data(), value * count)).toBeLessThan(1e-7);
    expect(farthest(await mean.data(), value)).toBeLessThan(1e-7);
    tf.dispose([sum, mean]);
  });

  test('whole numbers and truth values stay with the backend', async () => {
    await startTfjsInNode('tfjs-wasm');
    const sums = tf.tidy(() => [
      tf.sum(tf.tensor1d([1, 2, 3], 'int32')),
      tf.sum(tf.tensor1d([true, false, true], 'bool')),
    ]);
    expect(sums.map((sum) => [sum.dtype, ...sum.dataSync()])).toEqual([
      ['int32', 6],
      ['int32', 2],
    ]);
    tf.dispose(sums);
  });
});

test.each([
  { shape: [7], sizes: [4, 0, 3], axis: 0 },
  { shape: [6, 2, 3], sizes: [1, 5], axis: 0 },
  { shape: [6, 2], sizes: [4, -1], axis: 0 },
  { shape: [6, 2], sizes: 3, axis: 0 },
  { shape: [3, 5], sizes: [1, 4], axis: 1 },
])('cuts $shape into $sizes along axis $axis, on wasm as on cpu', async ({ shape, sizes, axis }) => {
  const partsOn = async (backend: 'cpu' | 'wasm') => {
    await startTfjsInNode(`tfjs-${backend}`);
    const numbers = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => i);
    const parts = tf.split(tf.tensor(numbers, shape), sizes, axis);
    return Promise.all(parts.map(async (part) => ({ shape: part.shape, values: await part.data() })));
  };
  expect(await partsOn('wasm')).toEqual(await partsOn('cpu'));
});

test('a filter gradient that wasm cannot compute is refused by name', async () => {
  const refused = expect.objectContaining({ name: 'WasmKernelError' });
  for (const changed of [{ pad: 'same' }, { strides: [1, 2] }, { dataFormat: 'NCHW' }])
    await expect(runOn('wasm', filterGradientCall(convolutions[0], changed))).rejects.toEqual(refused);
});
