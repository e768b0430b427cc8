import { negativeSlope } from '../../../model/layers.ts';
import { type Product, productLabel, productSize } from '../../../plan/product.ts';
import type { Epilogue } from './epilogue.ts';
import { type BufferDeclaration, declareBuffers, type Kernel, unroll } from './kernel.ts';
import { epilogueModes, filterModes, sizesDeclaration, sizesOf } from './registerSizes.ts';
import { type ColumnsOfThread, registerWalk } from './registerWalk.ts';

/** How the threads of a register kernel get at the rows of the left operand. */
export interface RowSharing {
  /** Size of every subgroup: a workgroup is one, whose threads read for each other; null: each reads for itself. */
  readonly lanes: number | null;
}

/** Rows of the result that a workgroup computes. */
const sharedRows = 16;
const ownRows = 8;
const ownThreads = 32;

/**
 * Columns of each thread. A convolution of few channels has two, or half of the subgroup would do nothing; for the other
 * products that is not worth a pipeline of their own.
 */
function columnsOfThread({ kind }: Product, columns: number, { lanes }: RowSharing): ColumnsOfThread {
  const isPicture = kind === 'up' || kind === 'down';
  return isPicture && lanes !== null && columns <= 2 * lanes ? 2 : 4;
}

/**
 * Any product in registers, without workgroup memory: for software drivers, to which a barrier is dear. These run a
 * subgroup as one vector instruction and read memory thread by thread. So, where there are subgroups, a workgroup is one
 * whose threads lie along the columns; each reads a different row of the left operand and passes it to all the others:
 * 16 rows cost 2 reads a thread instead of 16.
 *
 * These drivers compile slowly, when a pipeline first runs. So sizes and epilogue come in a uniform and all layers share
 * one pipeline a kind of product, and loops have bounds that a compiler cannot know and unroll.
 * Buffers of a layer's product: input, weight, bias or mask (any buffer where the mask is in place), result. A gradient
 * by a weight comes with the one by the bias, unless `biasStride` is 0: inputs (big picture), outputs (small
 * picture), result, bias' gradient.
 */
export function registerProduct(
  product: Product,
  epilogue: Epilogue,
  sharing: RowSharing,
  biasStride = 0,
): Kernel {
  const { lanes } = sharing;
  const size = productSize(product);
  if (size.columns % 4 !== 0) throw new RangeError('columns must be a multiple of four');
  const rows = lanes === null ? ownRows : sharedRows;
  const threads = lanes ?? ownThreads;
  // Numbers of the left operand that a thread reads at a time.
  const groups = lanes === null ? rows : rows / lanes;
  const vector = columnsOfThread(product, size.columns, sharing);
  const type = `vec${vector}f` as const;
  const walk = registerWalk(product, groups, vector);
  const operand = (i: number) =>
    lanes === null ? `a${i}` : `subgroupBroadcast(a${Math.floor(i / lanes)}, ${i % lanes}u)`;
  const accumulate = unroll(rows, (i) => `s${i} += ${operand(i)} * w;`);
  const ownRow = (j: number) => (lanes === null ? `${j}u` : `${j * lanes}u + lane`);
  const lane = lanes === null ? 'local_invocation_index' : 'subgroup_invocation_id';
  const isFilter = product.kind === 'denseFilter' || product.kind === 'pictureFilter';
  const buffers: BufferDeclaration[] = [
    { name: 'a', type: 'f32', access: 'read' },
    { name: 'b', type: walk.weightType, access: 'read' },
    ...(isFilter ? [] : [{ name: 'other', type, access: 'read' } as const]),
    { name: 'result', type, access: 'write' },
    ...(isFilter ? [{ name: 'biasResult', type: 'f32', access: 'write' } as const] : []),
  ];
  const code = `${lanes === null ? '' : 'enable subgroups;'}
${declareBuffers(buffers)}
${sizesDeclaration(buffers.length)}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(${lane}) lane: u32) {
  let ownColumn = (group.x * ${threads}u + lane) * ${vector}u;
  let column = min(ownColumn, sizes.columns - ${vector}u);
  let firstRow = group.y * ${rows}u;
  let repeat = group.z;
${unroll(groups, (j) => `  let row${j} = min(firstRow + ${ownRow(j)}, sizes.rows - 1u);`)}
${unroll(rows, (i) => `  var s${i} = ${type}(0.0);`)}
${isFilter ? biasSums(groups) : ''}
${walk.walk(`${accumulate}${isFilter ? addBias(product.kind, groups) : ''}`)}
${isFilter ? storeBias(product.kind, groups, lanes) : ''}
  if (ownColumn >= sizes.columns) { return; }
  for (var i = 0u; i < sizes.tileRows; i++) {
    if (firstRow + i >= sizes.rows) { break; }
    var value = s0;
${unroll(rows - 1, (i) => `    value = select(value, s${i + 1}, i == ${i + 1}u);`)}
    let row = firstRow + i;
    let at = (${walk.place} + ownColumn) / ${vector}u;
${isFilter ? '    result[at] = value;' : storeLayer(vector)}
  }
}
`;
  const slope = epilogue.kind === 'plain' ? null : negativeSlope(epilogue.activation);
  return {
    label: productLabel(product),
    code,
    bindings: buffers,
    workgroups: [Math.ceil(size.columns / (vector * threads)), Math.ceil(size.rows / rows), size.repeats],
    sizes: sizesOf(product, epilogue, slope ?? 1, rows, biasStride),
  };
}

/** Stores `value` as the epilogue says; the activation's slope on negative numbers is 1 for none. */
const storeLayer = (vector: ColumnsOfThread) => `    let isBias = sizes.mode == ${epilogueModes.bias}u;
    let operand = other[select(select(0u, at, sizes.mode == ${epilogueModes.mask}u), ownColumn / ${vector}u, isBias)];
    if (isBias) {
      let sum = value + operand;
      result[at] = select(sum, sizes.slope * sum, sum < vec${vector}f(0.0));
    } else {
      let mask = select(operand, result[at], sizes.mode == ${epilogueModes.inPlace}u);
      result[at] = value * select(vec${vector}f(sizes.slope), vec${vector}f(1.0), mask > vec${vector}f(0.0));
    }`;

/** Sums for the bias: of the right operand's columns and, for a picture, of the left operand's rows. */
function biasSums(groups: number): string {
  return `  var columnSum = vec4f(0.0);
${unroll(groups, (j) => `  var rowSum${j} = 0.0;`)}`;
}

function addBias(kind: Product['kind'], groups: number): string {
  const rowSums = kind === 'pictureFilter' ? unroll(groups, (j) => `rowSum${j} += a${j};`, ' ') : '';
  return `\ncolumnSum += w; ${rowSums}`;
}

/**
 * Writes the bias' gradient. An output picture that is the big one is summed by taps 5, 6, 9 and 10, the middle of the
 * kernel: each of its pixels meets exactly one of them. So it comes in four times as many parts.
 */
function storeBias(kind: Product['kind'], groups: number, lanes: number | null): string {
  const columns = `  if (sizes.biasStride > 0u && firstRow == 0u && ownColumn < sizes.columns${kind === 'pictureFilter' ? ` && sizes.mode == ${filterModes.outputIsSmall}u` : ''}) {
    for (var c = 0u; c < sizes.vector; c++) { biasResult[repeat * sizes.biasStride + ownColumn + c] = columnSum[c]; }
  }`;
  if (kind !== 'pictureFilter') return columns;
  return `${columns}
  if (sizes.biasStride > 0u && group.x == 0u${lanes === null ? ' && lane == 0u' : ''} && sizes.mode == ${filterModes.outputIsBig}u) {
${unroll(
  groups,
  (j) => `    {
      let ty = (tap${j} >> 2u) - 1u;
      let tx = (tap${j} & 3u) - 1u;
      if (ty < 2u && tx < 2u) {
        biasResult[((ty * 2u + tx) * sizes.parts + repeat) * sizes.biasStride + channel${j}] = rowSum${j};
      }
    }`,
)}
  }`;
}
