import { type Product, productLabel, productSize } from '../../../plan/product.ts';
import { partLength, partThreads, partVectors, type Tile, tileSides } from '../tiles.ts';
import { type Epilogue, epilogueBuffers, finishModule } from './epilogue.ts';
import { type BufferDeclaration, declareBuffers, type Kernel, maxGrid, unroll } from './kernel.ts';
import { tileSource } from './tileSource.ts';

/**
 * Any product with tiles in workgroup memory: what real GPUs do best. Both operands lie there as lines of vectors
 * across the inner dimension, so that a thread reads four rows or columns at once; one more vector a line keeps
 * the threads of a warp on different banks. Whatever the tile, a number of the result is the sum of its parts in
 * their order, and each part is summed along the inner dimension, so tiles of one split give the same bits.
 * Buffers: as `registerProduct` has them for a layer's product and for a gradient by a weight.
 */
export function tileProduct(product: Product, epilogue: Epilogue, tile: Tile): Kernel {
  const size = productSize(product);
  if (size.columns % 4 !== 0) throw new RangeError('columns must be a multiple of four');
  const [height, width] = tileSides(tile);
  const { split, depth } = tile;
  const threads = partThreads(tile);
  const source = tileSource(product);
  const buffers: BufferDeclaration[] = [
    { name: 'a', type: source.inputType, access: 'read' },
    { name: 'b', type: 'vec4f', access: 'read' },
    ...epilogueBuffers(epilogue, 'vec4f'),
    { name: 'result', type: 'vec4f', access: 'write' },
  ];
  const rowGroups = Math.ceil(size.rows / height);
  const chunks = Math.ceil(rowGroups / maxGrid);
  const gridY = Math.ceil(rowGroups / chunks);
  const length = partLength(product, split);
  const place = { tile, threads };
  const a = stage({ ...place, name: 'a', lines: height, along: source.aAlong, start: 0, first: 'firstRow' });
  const bStart = depth * (height / 4 + 1);
  const b = stage({
    ...place,
    name: 'b',
    lines: width,
    along: source.bAlong,
    start: bStart,
    first: 'firstColumn',
  });
  const sums = split > 1 ? addParts(tile) : storeSums(tile);
  const code = `${declareBuffers(buffers)}
${finishModule(epilogue, 'vec4f')}
${source.module}
fn store(row: u32, column: u32, repeat: u32, value: vec4f) {
  if (row >= ${size.rows}u || column >= ${size.columns}u) { return; }
  let place = resultRow(row, repeat) * ${size.columns}u + column${source.partStride};
  finish(place / 4u, column / 4u, value);
}
var<workgroup> tiles: array<vec4f, ${Math.max(split * partVectors(tile, depth), sums.vectors)}>;

@compute @workgroup_size(${split * threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let repeat = group.z % ${size.repeats}u;
  let firstRow = (group.y + (group.z / ${size.repeats}u) * ${gridY}u) * ${height}u;
  let firstColumn = group.x * ${width}u;
  let part = thread / ${threads}u;
  let own = thread % ${threads}u;
  let x = own % ${tile.threads[0]}u;
  let y = own / ${tile.threads[0]}u;
  let start = part * ${length}u;
  let base = part * ${partVectors(tile, depth)}u;
${a.places}
${b.places}
${eachSum(tile, (name) => `  var ${name} = vec4f(0.0);`)}
  // What comes next is read from the buffers while what is here is multiplied.
  for (var step = 0u; step <= ${length}u; step += ${depth}u) {
    if (step < ${length}u) {
      let inner = start + step;
${a.fetch}
${b.fetch}
    }
    if (step > 0u) {
      for (var k = 0u; k < ${depth}u; k++) {
        let ak = base + k * ${height / 4 + 1}u + y;
        let bk = base + ${bStart}u + k * ${width / 4 + 1}u + x;
${multiply(tile)}
      }
    }
    workgroupBarrier();
    if (step < ${length}u) {
${a.put}
${b.put}
    }
    workgroupBarrier();
  }
${sums.code}
}
`;
  return {
    label: productLabel(product),
    code,
    bindings: buffers,
    workgroups: [Math.ceil(size.columns / width), gridY, size.repeats * chunks],
  };
}

/** Sums of a thread: vector `j` of the columns in row `i`. */
const sumName = (i: number, j: number) => `s${i}_${j}`;

function eachSum({ numbers: [rows, columns] }: Tile, line: (name: string, i: number, j: number) => string) {
  return unroll(rows, (i) => unroll(columns / 4, (j) => line(sumName(i, j), i, j)));
}

/** WGSL of the row of sum `i`: a thread's vectors of four rows are as far apart as all threads are high. */
function rowOf({ threads }: Tile, i: number): string {
  return `firstRow + 4u * y + ${4 * threads[1] * Math.floor(i / 4) + (i % 4)}u`;
}

function columnOf({ threads }: Tile, j: number): string {
  return `firstColumn + 4u * x + ${4 * threads[0] * j}u`;
}

function multiply(tile: Tile): string {
  const { numbers, threads } = tile;
  const read = (name: string, at: string, apart: number, count: number) =>
    unroll(count, (i) => `        let ${name}${i} = tiles[${at} + ${i * apart}u];`);
  return `${read('a', 'ak', threads[1], numbers[0] / 4)}
${read('b', 'bk', threads[0], numbers[1] / 4)}
${eachSum(tile, (name, i, j) => `        ${name} += a${Math.floor(i / 4)}[${i % 4}] * b${j};`)}`;
}

interface Staged {
  readonly tile: Tile;
  readonly threads: number;
  readonly name: 'a' | 'b';
  /** Of the operand, in a tile. */
  readonly lines: number;
  /** Whether the vectors of its buffer lie along the inner dimension. */
  readonly along: boolean;
  /** Where it lies in the memory of a part, in vectors. */
  readonly start: number;
  readonly first: string;
}

/**
 * WGSL that brings one operand to workgroup memory: first from its buffer to registers, later from there. Vectors
 * along the inner dimension come in blocks of four lines, which are turned before they are put; whole vectors are
 * written, so that no two threads write to one. Neighbouring threads take two blocks of a line, then the next.
 */
function stage({ tile, threads, name, lines, along, start, first }: Staged) {
  const groups = lines / 4;
  const blocks = groups * (along ? tile.depth / 4 : tile.depth);
  const passes = Math.ceil(blocks / threads);
  const every = (line: (pass: number) => string) => unroll(passes, line);
  // Threads without a block in the last pass.
  const guarded = (pass: number, body: string) =>
    (pass + 1) * threads <= blocks ? body : `      if (${name}Block${pass} < ${blocks}u) {\n${body}\n      }`;
  const values = along ? 4 : 1;
  const pair = Math.min(2, tile.depth / 4);
  const value = (pass: number, c: number) => `${name}${pass}_${c}`;
  const stride = groups + 1;
  return {
    places: every(
      (pass) => `  let ${name}Block${pass} = own + ${pass * threads}u;
  let ${name}Group${pass} = ${along ? `(${name}Block${pass} / ${pair}u)` : `${name}Block${pass}`} % ${groups}u;
  let ${name}Inner${pass} = ${
    along
      ? `(${name}Block${pass} / ${pair * groups}u) * ${4 * pair}u + (${name}Block${pass} % ${pair}u) * 4u`
      : `${name}Block${pass} / ${groups}u`
  };
${unroll(values, (c) => `  var ${value(pass, c)} = vec4f(0.0);`)}`,
    ),
    fetch: every((pass) =>
      guarded(
        pass,
        unroll(
          values,
          (c) =>
            `      ${value(pass, c)} = ${name}Vector(${first} + 4u * ${name}Group${pass}${c > 0 ? ` + ${c}u` : ''}, inner + ${name}Inner${pass}, repeat);`,
        ),
      ),
    ),
    put: every((pass) => {
      const at = (c: number) =>
        `tiles[base + ${start}u + (${name}Inner${pass} + ${c}u) * ${stride}u + ${name}Group${pass}]`;
      const turned = (c: number) => `vec4f(${unroll(4, (i) => `${value(pass, i)}[${c}]`, ', ')})`;
      const body = along
        ? unroll(4, (c) => `      ${at(c)} = ${turned(c)};`)
        : `      ${at(0)} = ${value(pass, 0)};`;
      return guarded(pass, body);
    }),
  };
}

/** Each thread stores its own sums. */
function storeSums(tile: Tile) {
  const code = eachSum(
    tile,
    (name, i, j) => `  store(${rowOf(tile, i)}, ${columnOf(tile, j)}, repeat, ${name});`,
  );
  return { code, vectors: 0 };
}

/**
 * The sums of all parts are added in their order, by threads of all parts: in rounds of as many rows as the
 * memory of the operands has room for.
 */
function addParts(tile: Tile) {
  const { split, numbers } = tile;
  const threads = partThreads(tile);
  const [rows, wide] = [numbers[0], numbers[1] / 4];
  const room = split * partVectors(tile, tile.depth);
  const roundRows = [8, 4, 2].find((some) => some <= rows && some * wide * split * threads <= room) ?? 1;
  const vectors = roundRows * wide;
  const round = (r: number) => `${unroll(roundRows, (i) =>
    unroll(
      wide,
      (j) =>
        `  tiles[(${(i * wide + j) * split}u + part) * ${threads}u + own] = ${sumName(r * roundRows + i, j)};`,
    ),
  )}
  workgroupBarrier();
  for (var v = part; v < ${vectors}u; v += ${split}u) {
    var sum = tiles[v * ${split * threads}u + own];
    for (var p = 1u; p < ${split}u; p++) { sum += tiles[(v * ${split}u + p) * ${threads}u + own]; }
    let i = ${r * roundRows}u + v / ${wide}u;
    let row = firstRow + 4u * y + ${4 * tile.threads[1]}u * (i / 4u) + i % 4u;
    store(row, firstColumn + 4u * x + ${4 * tile.threads[0]}u * (v % ${wide}u), repeat, sum);
  }`;
  return {
    code: unroll(rows / roundRows, round, '\n  workgroupBarrier();\n'),
    vectors: vectors * split * threads,
  };
}
