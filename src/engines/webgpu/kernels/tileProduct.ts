import { type Product, productLabel, productSize } from '../../../plan/product.ts';
import { type Epilogue, epilogueBuffers, finishModule } from './epilogue.ts';
import { type BufferDeclaration, declareBuffers, type Kernel, maxGrid, unroll } from './kernel.ts';
import { tileSource } from './tileSource.ts';

/**
 * How a kernel with workgroup memory cuts its result: a workgroup of `threads[0]` x `threads[1]` (columns, rows)
 * computes 4 x 4 numbers a thread and shares `depth` of the inner dimension at a time.
 */
export interface SharedTile {
  readonly threads: readonly [number, number];
  readonly depth: number;
}

/** Numbers of one side that a thread computes. */
const side = 4;

/**
 * Any product with tiles in workgroup memory: what real GPUs do best. Buffers: as `registerProduct` has them for a
 * layer's product and `registerFilter` for a gradient by a weight.
 */
export function tileProduct(product: Product, epilogue: Epilogue, tile: SharedTile): Kernel {
  const size = productSize(product);
  const [threadsX, threadsY] = tile.threads;
  const threads = threadsX * threadsY;
  const height = threadsY * side;
  const width = threadsX * side;
  const source = tileSource(product);
  const type = size.columns % 4 === 0 ? 'vec4f' : 'f32';
  const buffers: BufferDeclaration[] = [
    { name: 'a', type: source.inputType, access: 'read' },
    { name: 'b', type: 'vec4f', access: 'read' },
    ...epilogueBuffers(epilogue, type),
    { name: 'result', type, access: 'write' },
  ];
  const columnGroups = Math.ceil(size.columns / width);
  const rowGroups = Math.ceil(size.rows / height);
  const chunks = Math.ceil(rowGroups / maxGrid);
  const gridY = Math.ceil(rowGroups / chunks);

  // Copies a tile of one operand to workgroup memory as [depth, length]. Vectors lie along the inner dimension or across.
  const fill = (name: 'a' | 'b', length: number, start: string, along: boolean) => {
    const vectors = (length * tile.depth) / 4;
    const perLine = along ? tile.depth / 4 : length / 4;
    return unroll(Math.ceil(vectors / threads), (pass) => {
      const outer = `(v / ${perLine}u)`;
      const inner = `(v % ${perLine}u) * 4u`;
      const [line, depth] = along ? [outer, inner] : [inner, outer];
      return `    {
      let v = thread + ${pass * threads}u;
${vectors % threads ? `      if (v < ${vectors}u) {` : '      {'}
        let line = ${line};
        let depth = ${depth};
        let value = ${name}Vector(${start} + line, inner + depth, repeat);
        ${unroll(4, (c) => `${name}Tile[${along ? `(depth + ${c}u) * ${length}u + line` : `depth * ${length}u + line + ${c}u`}] = value[${c}];`, ' ')}
      }
    }`;
    });
  };

  const finish =
    type === 'vec4f'
      ? `if (column < ${size.columns}u) { finish(place / 4u, column / 4u, s); }`
      : unroll(
          side,
          (j) => `if (column + ${j}u < ${size.columns}u) { finish(place + ${j}u, column + ${j}u, s[${j}]); }`,
          ' ',
        );
  const code = `${declareBuffers(buffers)}
${finishModule(epilogue, type)}
${source.module}
var<workgroup> aTile: array<f32, ${height * tile.depth}>;
var<workgroup> bTile: array<f32, ${width * tile.depth}>;

@compute @workgroup_size(${threadsX}, ${threadsY})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) thread: u32) {
  let repeat = group.z % ${size.repeats}u;
  let firstRow = (group.y + (group.z / ${size.repeats}u) * ${gridY}u) * ${height}u;
  let firstColumn = group.x * ${width}u;
${unroll(side, (i) => `  var s${i} = vec4f(0.0);`)}
  for (var inner = 0u; inner < ${size.inner}u; inner += ${tile.depth}u) {
${fill('a', height, 'firstRow', source.aAlong)}
${fill('b', width, 'firstColumn', source.bAlong)}
    workgroupBarrier();
    for (var k = 0u; k < ${tile.depth}u; k++) {
      let ak = k * ${height}u + local.y * ${side}u;
      let bk = k * ${width}u + local.x * ${side}u;
      let w = vec4f(${unroll(4, (j) => `bTile[bk + ${j}u]`, ', ')});
${unroll(side, (i) => `      s${i} += aTile[ak + ${i}u] * w;`)}
    }
    workgroupBarrier();
  }
  let row = firstRow + local.y * ${side}u;
  let column = firstColumn + local.x * ${side}u;
${unroll(side, (i) => `  if (row + ${i}u < ${size.rows}u) { let s = s${i}; let place = resultRow(row + ${i}u, repeat) * ${size.columns}u + column${source.partStride}; ${finish} }`)}
}
`;
  return {
    label: productLabel(product),
    code,
    bindings: buffers,
    workgroups: [columnGroups, gridY, size.repeats * chunks],
  };
}
