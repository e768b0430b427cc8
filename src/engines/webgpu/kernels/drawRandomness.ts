import type { Stream } from '../../../data/random/philox.ts';
import { type BufferDeclaration, type Kernel, threadKernel } from './kernel.ts';
import { liveDeclaration } from './live.ts';
import { inParts } from './parts.ts';
import { normalModule } from './random.wgsl.ts';

export interface NormalDraw {
  readonly stream: Stream;
  readonly count: number;
}

/** One permutation of `batch` rows for each latent. */
export interface PermutationDraw {
  readonly stream: Stream;
  readonly latents: number;
  readonly batch: number;
}

/**
 * Draws normals and permutations, [latents, batch], as data/random.ts does. A thread draws four normals, or the place of
 * one element of a permutation: the number of keys before its own, which needs no order of execution.
 * Buffers: noise0, noise1 ..., permutation0, permutation1 ...
 */
export function drawRandomness(
  normals: readonly NormalDraw[],
  permutations: readonly PermutationDraw[],
): Kernel {
  const parts = [
    ...normals.map((draw, n) => ({
      threads: Math.ceil(draw.count / 4),
      body: normalBody(`noise${n}`, draw),
    })),
    ...permutations.map((draw, p) => ({
      threads: draw.latents * draw.batch,
      body: permutationBody(`permutation${p}`, draw),
    })),
  ];
  return threadKernel({
    label: 'draw noise and permutations',
    buffers: [
      ...normals.map((_, n): BufferDeclaration => ({ name: `noise${n}`, type: 'f32', access: 'write' })),
      ...permutations.map(
        (_, p): BufferDeclaration => ({ name: `permutation${p}`, type: 'i32', access: 'write' }),
      ),
    ],
    module: `${liveDeclaration}${normalModule}
fn normals(stream: u32, block: u32) -> vec4f {
  let words = philox(live.seed, stream, live.draw, block);
  return vec4f(normalPair(words.xy), normalPair(words.zw));
}`,
    ...inParts(parts),
  });
}

const normalBody = (name: string, { stream, count }: NormalDraw) => `
    let values = normals(${stream}u, own);
    for (var n = 0u; n < 4u; n++) {
      let at = own * 4u + n;
      if (at < ${count}u) { ${name}[at] = values[n]; }
    }`;

const permutationBody = (name: string, { stream, batch }: PermutationDraw) => `
    let start = (own / ${batch}u) * ${batch}u;
    let key = philox(live.seed, ${stream}u, live.draw, own / 4u)[own % 4u];
    var rank = 0u;
    for (var block = start / 4u; block <= (start + ${batch - 1}u) / 4u; block++) {
      let words = philox(live.seed, ${stream}u, live.draw, block);
      for (var n = 0u; n < 4u; n++) {
        let other = block * 4u + n;
        let inRow = other >= start && other < start + ${batch}u;
        let before = words[n] < key || (words[n] == key && other < own);
        rank += select(0u, 1u, inRow && before);
      }
    }
    ${name}[start + rank] = i32(own - start);`;
