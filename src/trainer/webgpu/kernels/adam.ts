import { type Kernel, threadKernel } from './kernel.ts';
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
  network: 'vae' | 'discriminator',
  length: number,
  [beta1, beta2]: readonly [number, number],
): Kernel {
  const perBlock = tableBlock / 4;
  return threadKernel({
    label: `Adam of the ${network}`,
    buffers: [
      { name: 'gradients', type: 'vec4f', access: 'read' },
      { name: 'table', type: 'vec2u', access: 'read' },
      { name: 'parameters', type: 'vec4f', access: 'write' },
      { name: 'firstMoment', type: 'vec4f', access: 'write' },
      { name: 'secondMoment', type: 'vec4f', access: 'write' },
    ],
    module: liveDeclaration,
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
  let first = firstMoment[i] * ${beta1} + gradient * ${1 - beta1};
  let second = secondMoment[i] * ${beta2} + gradient * gradient * ${1 - beta2};
  firstMoment[i] = first;
  secondMoment[i] = second;
  parameters[i] -= live.${network}Rate * first / (sqrt(second) * live.${network}Correction + ${adamEpsilon});`,
  });
}
