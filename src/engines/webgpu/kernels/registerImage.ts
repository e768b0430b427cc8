import { productLabel, productSize, type UpProduct } from '../../../plan/product.ts';
import { type BufferDeclaration, declareBuffers, type Kernel, maxGrid, unroll } from './kernel.ts';
import type { RowSharing } from './registerProduct.ts';
import { sizesDeclaration, sizesOf } from './registerSizes.ts';
import { upPixels } from './upPixels.ts';

/**
 * A transposed convolution to an image of few channels, the decoder's last layer or a gradient by images, for
 * drivers as registerProduct has them. Each thread of a subgroup makes the 2 x 2 output pixels over one pixel of
 * the small picture from its 3 x 3 neighbours; each reads other taps of the weight and passes them on, or, without
 * subgroups, all of them. Buffers: input, weight, bias where there is one, result.
 */
export function registerImage(product: UpProduct, hasBias: boolean, { lanes }: RowSharing): Kernel {
  const threads = lanes ?? 32;
  const { bigChannels: channels } = product;
  const { rows } = productSize(product);
  const groups = Math.ceil(rows / threads);
  const gridY = Math.ceil(groups / maxGrid);
  const gridX = Math.ceil(groups / gridY);
  const buffers: BufferDeclaration[] = [
    { name: 'a', type: 'f32', access: 'read' },
    { name: 'b', type: 'f32', access: 'read' },
    ...(hasBias ? [{ name: 'bias', type: 'f32', access: 'read' } as const] : []),
    { name: 'result', type: 'f32', access: 'write' },
  ];
  const multiply = upPixels.flatMap(({ addends }, p) =>
    addends.map(({ tap, neighbour }) => {
      const weight = (c: number) =>
        lanes === null
          ? `b[(${tap * channels + c}u) * sizes.smallChannels + k]`
          : `subgroupBroadcast(w${Math.floor(tap / lanes)}_${c}, ${tap % lanes}u)`;
      return unroll(channels, (c) => `s${p}_${c} += a${neighbour} * ${weight(c)};`, ' ');
    }),
  );
  const passed =
    lanes === null
      ? ''
      : unroll(16 / lanes, (g) =>
          unroll(
            channels,
            (c) =>
              `let w${g}_${c} = b[((${g * lanes}u + lane) * ${channels}u + ${c}u) * sizes.smallChannels + k];`,
          ),
        );
  const lane = lanes === null ? 'local_invocation_index' : 'subgroup_invocation_id';
  const code = `${lanes === null ? '' : 'enable subgroups;'}
${declareBuffers(buffers)}
${sizesDeclaration(buffers.length)}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
  @builtin(${lane}) lane: u32) {
  let own = (group.x + group.y * groups.x) * ${threads}u + lane;
  let pixel = min(own, sizes.rows - 1u);
  let image = pixel / (sizes.size * sizes.size);
  let y = (pixel / sizes.size) % sizes.size;
  let x = pixel % sizes.size;
${unroll(9, (n) => {
  const sy = `(y + ${Math.floor(n / 3)}u - 1u)`;
  const sx = `(x + ${n % 3}u - 1u)`;
  return `  let inside${n} = ${sy} < sizes.size && ${sx} < sizes.size;
  let start${n} = ((image * sizes.size + ${sy}) * sizes.size + ${sx}) * sizes.smallChannels;`;
})}
${unroll(4, (p) => unroll(channels, (c) => `  var s${p}_${c} = ${hasBias ? `bias[${c}]` : '0.0'};`))}
  for (var k = 0u; k < sizes.smallChannels; k++) {
    ${passed}
${unroll(9, (n) => `    let a${n} = select(0.0, a[select(0u, start${n} + k, inside${n})], inside${n});`)}
    ${multiply.join('\n    ')}
  }
  if (own >= sizes.rows) { return; }
  let big = 2u * sizes.size;
${unroll(4, (p) => {
  const { py, px } = upPixels[p];
  return `  let to${p} = ((image * big + 2u * y + ${py}u) * big + 2u * x + ${px}u) * ${channels}u;
${unroll(channels, (c) => `  result[to${p} + ${c}u] = s${p}_${c};`)}`;
})}
}
`;
  return {
    label: productLabel(product),
    code,
    bindings: buffers,
    workgroups: [gridX, gridY, 1],
    sizes: sizesOf(product, { kind: 'bias', activation: 'none' }, 1, 0, 0),
  };
}
