import { type Epilogue, negativeSlope } from './epilogue.ts';
import { type BufferDeclaration, declareBuffers, type Kernel, unroll } from './kernel.ts';
import { type Product, productLabel, productSize } from './product.ts';
import { sizesDeclaration, sizesOf, subgroupWalk } from './subgroupWalk.ts';

/** Rows of the result that a workgroup computes; columns are four for each of its threads. */
const rows = 16;

/**
 * Any product for software drivers with subgroups: a workgroup is one subgroup whose threads lie along the columns.
 * Such a driver runs a subgroup as one vector instruction and reads memory thread by thread, so each thread reads a
 * different row of the left operand and passes it to all the others: 16 rows cost 2 reads a thread instead of 16.
 * Sizes come in a uniform, because these drivers compile slowly: all layers share one pipeline a kind of product.
 * Buffers: as `registerProduct` and `registerFilter` have them.
 */
export function subgroupProduct(product: Product, epilogue: Epilogue, lanes: number): Kernel {
  const size = productSize(product);
  if (size.columns % 4 !== 0) throw new RangeError('columns must be a multiple of four');
  const walk = subgroupWalk(product, rows / lanes);
  const extra: BufferDeclaration[] =
    epilogue.kind === 'bias'
      ? [{ name: 'bias', type: 'vec4f', access: 'read' }]
      : epilogue.kind === 'mask' && !epilogue.inPlace
        ? [{ name: 'mask', type: 'vec4f', access: 'read' }]
        : [];
  const buffers: BufferDeclaration[] = [
    { name: 'a', type: 'f32', access: 'read' },
    { name: 'b', type: walk.weightType, access: 'read' },
    ...extra,
    { name: 'result', type: 'vec4f', access: 'write' },
  ];
  const code = `enable subgroups;
${declareBuffers(buffers)}
${sizesDeclaration(buffers.length)}
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(subgroup_invocation_id) lane: u32) {
  let ownColumn = (group.x * ${lanes}u + lane) * 4u;
  let column = min(ownColumn, sizes.columns - 4u);
  let firstRow = group.y * ${rows}u;
  let repeat = group.z;
${unroll(rows / lanes, (j) => `  let row${j} = min(firstRow + ${j * lanes}u + lane, sizes.rows - 1u);`)}
${unroll(rows, (i) => `  var s${i} = vec4f(0.0);`)}
${walk.walk(unroll(rows, (i) => `s${i} += subgroupBroadcast(a${Math.floor(i / lanes)}, ${i % lanes}u) * w;`))}
  if (ownColumn >= sizes.columns) { return; }
  // One store for all rows: every store in the text costs these compilers dearly.
  for (var i = 0u; i < min(${rows}u, sizes.rows - firstRow); i++) {
    var value = s0;
${unroll(rows - 1, (i) => `    value = select(value, s${i + 1}, i == ${i + 1}u);`)}
    let row = firstRow + i;
    let at = (${walk.place} + ownColumn) / 4u;
${store(epilogue)}
  }
}
`;
  const slope = epilogue.kind === 'plain' ? null : negativeSlope(epilogue.activation);
  return {
    label: productLabel(product),
    code,
    bindings: buffers.map((buffer) => buffer.access),
    workgroups: [Math.ceil(size.columns / (4 * lanes)), Math.ceil(size.rows / rows), size.repeats],
    sizes: sizesOf(product, slope ?? 1),
  };
}

/** Stores `value`; the activation's slope on negative numbers is a size too, 1 for none. */
function store(epilogue: Epilogue): string {
  if (epilogue.kind === 'bias')
    return `    let sum = value + bias[ownColumn / 4u];
    result[at] = select(sum, sizes.slope * sum, sum < vec4f(0.0));`;
  if (epilogue.kind === 'plain') return '    result[at] = value;';
  const mask = epilogue.inPlace ? 'result' : 'mask';
  return `    result[at] = value * select(vec4f(sizes.slope), vec4f(1.0), ${mask}[at] > vec4f(0.0));`;
}
