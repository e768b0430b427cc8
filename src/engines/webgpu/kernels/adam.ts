import { type Kernel, threadKernel, threadsPerGroup } from './kernel.ts';
import { liveDeclaration } from './live.ts';

export const adamEpsilon = 1e-8;
/** Numbers that one entry of Adam's table covers: the alignment of tensors. */
export const tableBlock = 64;
/** The most parts that a gradient may come in. */
export const maxParts = 256;

/** Where the gradient of a block of parameters lies: `parts` addends, `stride` numbers apart, from `offset` on. */
export interface GradientPlace {
  readonly offset: number;
  readonly parts: number;
  readonly stride: number;
}

/** The two words of an entry of Adam's table; offsets and strides are multiples of `tableBlock`. */
export function tableEntry({ offset, parts, stride }: GradientPlace): readonly [number, number] {
  return [offset / tableBlock, (((stride / tableBlock) << 8) | (parts - 1)) >>> 0];
}

/**
 * Adam (Kingma & Ba 2015) as PyTorch computes it, over one network's parameters. The parts of a split gradient are
 * added here, in their order. Buffers: gradients, table, parameters, first moments, second moments.
 */
export function adam(
  /** The live values' index of its rate; that of its correction is the next: see adamRates.ts. */
  rate: number,
  length: number,
  [beta1, beta2]: readonly [number, number],
): Kernel {
  const perBlock = tableBlock / 4;
  const kernel = threadKernel({
    label: 'Adam',
    buffers: [
      { name: 'gradients', type: 'vec4f', access: 'read' },
      { name: 'table', type: 'vec2u', access: 'read' },
      { name: 'parameters', type: 'vec4f', access: 'write' },
      { name: 'firstMoment', type: 'vec4f', access: 'write' },
      { name: 'secondMoment', type: 'vec4f', access: 'write' },
    ],
    module: `${liveDeclaration}
struct Sizes { beta1: f32, rest1: f32, beta2: f32, rest2: f32, vectors: u32, rowThreads: u32, rate: u32, correction: u32 }
@group(1) @binding(5) var<uniform> sizes: Sizes;`,
    threads: length / 4,
    body: `
  let entry = table[i / ${perBlock}u];
  let stride = (entry.y >> 8u) * ${perBlock}u;
  var at = entry.x * ${perBlock}u + i % ${perBlock}u;
  var gradient = gradients[at];
  for (var part = entry.y & 255u; part > 0u; part--) {
    at += stride;
    gradient += gradients[at];
  }
  let first = firstMoment[i] * sizes.beta1 + gradient * sizes.rest1;
  let second = secondMoment[i] * sizes.beta2 + gradient * gradient * sizes.rest2;
  firstMoment[i] = first;
  secondMoment[i] = second;
  let rate = live.values[sizes.rate / 4u][sizes.rate % 4u];
  let correction = live.values[sizes.correction / 4u][sizes.correction % 4u];
  parameters[i] -= rate * first / (sqrt(second) * correction + ${adamEpsilon});`,
  });
  const words = new Uint32Array(8);
  new Float32Array(words.buffer).set([beta1, 1 - beta1, beta2, 1 - beta2]);
  words.set([length / 4, kernel.workgroups[0] * threadsPerGroup, rate, rate + 1], 4);
  // The number of threads is a size as well, so that all networks share one pipeline.
  const code = kernel.code
    .replace(/id\.y \* \d+u/, 'id.y * sizes.rowThreads')
    .replace(/i >= \d+u/, 'i >= sizes.vectors');
  return { ...kernel, code, sizes: words };
}
