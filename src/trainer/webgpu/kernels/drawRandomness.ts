import { streams } from '../../../data/philox.ts';
import { type Kernel, threadKernel } from './kernel.ts';
import { liveDeclaration } from './live.ts';
import { normalModule } from './random.wgsl.ts';

/**
 * Draws the noise of both reparameterisations, [batch, latents] each, and one permutation of the batch a latent,
 * [latents, batch], as data/random.ts does. A thread draws four normals, or the place of one element of a permutation:
 * the number of keys before its own, which needs no order of execution. Buffers: noise 1, noise 2, permutation.
 */
export function drawRandomness(batch: number, latents: number): Kernel {
  const count = batch * latents;
  const blocks = Math.ceil(count / 4);
  return threadKernel({
    label: 'draw noise and permutations',
    buffers: [
      { name: 'noise1', type: 'f32', access: 'write' },
      { name: 'noise2', type: 'f32', access: 'write' },
      { name: 'permutation', type: 'i32', access: 'write' },
    ],
    module: `${liveDeclaration}${normalModule}
fn normals(stream: u32, block: u32) -> vec4f {
  let words = philox(live.seed, stream, live.step, block);
  return vec4f(normalPair(words.xy), normalPair(words.zw));
}`,
    threads: 2 * blocks + count,
    body: `
  if (i < ${2 * blocks}u) {
    let second = i >= ${blocks}u;
    let block = select(i, i - ${blocks}u, second);
    let values = normals(select(${streams.noise1}u, ${streams.noise2}u, second), block);
    for (var n = 0u; n < 4u; n++) {
      let at = block * 4u + n;
      if (at < ${count}u) {
        if (second) { noise2[at] = values[n]; } else { noise1[at] = values[n]; }
      }
    }
    return;
  }
  let element = i - ${2 * blocks}u;
  let start = (element / ${batch}u) * ${batch}u;
  let own = philox(live.seed, ${streams.permutation}u, live.step, element / 4u)[element % 4u];
  var rank = 0u;
  for (var block = start / 4u; block <= (start + ${batch - 1}u) / 4u; block++) {
    let words = philox(live.seed, ${streams.permutation}u, live.step, block);
    for (var n = 0u; n < 4u; n++) {
      let other = block * 4u + n;
      let inRow = other >= start && other < start + ${batch}u;
      let before = words[n] < own || (words[n] == own && other < element);
      rank += select(0u, 1u, inRow && before);
    }
  }
  permutation[start + rank] = i32(element - start);`,
  });
}
