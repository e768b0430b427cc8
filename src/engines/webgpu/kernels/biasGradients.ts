import { type BufferDeclaration, type Kernel, threadKernel, unroll } from './kernel.ts';

/** The most tensors one kernel sums: with the output it binds 8 storage buffers, WebGPU's default limit. */
export const maxBiases = 7;

/** A bias whose gradient is the sum over the rows of `[rows, width]`, left in `parts` parts. */
export interface BiasGradient {
  readonly rows: number;
  readonly width: number;
  readonly parts: number;
  /** Where the first part goes in the network's gradients, and the distance to the next one, in numbers. */
  readonly offset: number;
  readonly stride: number;
}

/** In how many parts to sum that many rows: enough for a GPU's threads, each with some rows to add. */
export function biasParts(rows: number): number {
  return Math.max(1, Math.min(256, Math.floor(rows / 64)));
}

/**
 * Gradients of several biases at once. Part p of a bias sums rows p, p + parts, and so on.
 * Buffers: one gradient of a layer's output a bias, then the network's gradients.
 */
export function biasGradients(biases: readonly BiasGradient[]): Kernel {
  if (biases.length > maxBiases) throw new RangeError(`at most ${maxBiases} biases a kernel`);
  const vector = ({ width }: BiasGradient) => width % 4 === 0;
  const threads = biases.map((bias) => bias.parts * (vector(bias) ? bias.width / 4 : bias.width));
  const starts = threads.map((_, b) => threads.slice(0, b).reduce((sum, count) => sum + count, 0));
  const total = threads.reduce((sum, count) => sum + count, 0);
  const branch = (bias: BiasGradient, b: number) => {
    const columns = vector(bias) ? bias.width / 4 : bias.width;
    const wide = vector(bias);
    return `  if (i < ${starts[b] + threads[b]}u) {
    let column = (i - ${starts[b]}u) % ${columns}u;
    let part = (i - ${starts[b]}u) / ${columns}u;
    var sum = ${wide ? 'vec4f(0.0)' : '0.0'};
    for (var row = part; row < ${bias.rows}u; row += ${bias.parts}u) { sum += rows${b}[row * ${columns}u + column]; }
    let at = ${bias.offset}u + part * ${bias.stride}u + column * ${wide ? 4 : 1}u;
    ${wide ? unroll(4, (c) => `gradients[at + ${c}u] = sum[${c}];`, ' ') : 'gradients[at] = sum;'}
    return;
  }`;
  };
  const inputs = biases.map(
    (bias, b): BufferDeclaration => ({
      name: `rows${b}`,
      type: vector(bias) ? 'vec4f' : 'f32',
      access: 'read',
    }),
  );
  return threadKernel({
    label: 'bias gradients',
    buffers: [...inputs, { name: 'gradients', type: 'f32', access: 'write' }],
    threads: total,
    body: biases.map(branch).join('\n'),
  });
}
