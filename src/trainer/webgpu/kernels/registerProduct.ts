import { type Epilogue, epilogueBuffers, finishModule } from './epilogue.ts';
import { type BufferDeclaration, declareBuffers, type Kernel, unroll } from './kernel.ts';
import { type LayerProduct, productLabel, productSize } from './product.ts';
import { blockGrid, dividing, type RegisterTile } from './registerTile.ts';
import { type Walk, walkOf } from './walk.ts';

const lanes = ['x', 'y', 'z', 'w'] as const;

/** One block of four along the inner dimension, weight [inner, columns]: vectors of columns. */
function normalBody(walk: Walk, rows: number, vectors: number, columnVectors: number): string {
  const load = unroll(rows, (i) => `let a${i} = ${walk.load(i)};`, ' ');
  const steps = lanes.map((lane, c) =>
    unroll(
      vectors,
      (j) =>
        `{ let w = b[at + ${c * columnVectors + j}u]; ` +
        `${unroll(rows, (i) => `s${i}_${j} += a${i}.${lane} * w;`, ' ')} }`,
    ),
  );
  return `${load}\n${steps.join('\n')}\nat += ${4 * columnVectors}u;`;
}

/** The same for a weight [columns, inner]: one dot product a number of the result. */
function transposedBody(walk: Walk, rows: number, columns: number): string {
  const load = unroll(rows, (i) => `let a${i} = ${walk.load(i)};`, ' ');
  const accumulator = (i: number, j: number) =>
    columns < 4 ? `s${i}_${j}` : `s${i}_${Math.floor(j / 4)}.${lanes[j % 4]}`;
  const steps = unroll(
    columns,
    (j) =>
      `{ let w = b[at + ${j * walk.innerVectors}u]; ` +
      `${unroll(rows, (i) => `${accumulator(i, j)} += dot(a${i}, w);`, ' ')} }`,
  );
  return `${load}\n${steps}\nat += 1u;`;
}

/**
 * A layer's product in registers, without workgroup memory: what software drivers, to whom a barrier is dear, do best.
 * Buffers: input, weight, [bias or mask], result.
 */
export function registerProduct(product: LayerProduct, epilogue: Epilogue, tile: RegisterTile): Kernel {
  const { rows: allRows, columns: allColumns, repeats } = productSize(product);
  const columns = dividing(allColumns, tile.columns);
  const rows = Math.min(tile.rows, allRows);
  const type = columns < 4 ? 'f32' : 'vec4f';
  // A thread's columns as accumulators: vectors of four, or, below four columns, numbers.
  const perAccumulator = columns < 4 ? 1 : 4;
  const accumulators = columns / perAccumulator;
  const transposed = product.kind === 'up' || (product.kind === 'dense' && product.transposed);
  const walk = walkOf(product, rows);
  const body = transposed
    ? transposedBody(walk, rows, columns)
    : normalBody(walk, rows, accumulators, allColumns / 4);
  const buffers: BufferDeclaration[] = [
    { name: 'a', type: walk.inputType, access: 'read' },
    { name: 'b', type: 'vec4f', access: 'read' },
    ...epilogueBuffers(epilogue, type),
    { name: 'result', type, access: 'write' },
  ];
  const grid = blockGrid(allColumns / columns, Math.ceil(allRows / rows), repeats, tile.group);
  const inside = (i: number) => (allRows % rows ? `if (row + ${i}u < ${allRows}u) ` : '');
  const code = `${declareBuffers(buffers)}
${finishModule(epilogue, type)}
${grid.entry} {
${grid.find}
  let column = columnBlock * ${accumulators}u;
  let row = rowBlock * ${rows}u;
${unroll(rows, (i) => `  let row${i} = ${allRows % rows ? `min(row + ${i}u, ${allRows - 1}u)` : `row + ${i}u`};`)}
${unroll(rows, (i) => unroll(accumulators, (j) => `var s${i}_${j} = ${type}(0.0);`, ' '))}
${walk.walk(body, transposed ? `columnBlock * ${columns}u` : 'column')}
${unroll(rows, (i) => `  ${inside(i)}{ let to = ${walk.place(i)} * ${allColumns / perAccumulator}u + column; ${unroll(accumulators, (j) => `finish(to + ${j}u, column + ${j}u, s${i}_${j});`, ' ')} }`)}
}
`;
  return {
    label: productLabel(product),
    code,
    bindings: buffers.map((buffer) => buffer.access),
    workgroups: grid.workgroups,
  };
}
