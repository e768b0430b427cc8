import { type Grid, maxGrid } from './kernel.ts';

/**
 * How a kernel without workgroup memory cuts its result: a thread computes `rows` x `columns` numbers in registers, a
 * workgroup is `group[0]` threads along the columns and `group[1]` along the rows.
 */
export interface RegisterTile {
  readonly rows: number;
  readonly columns: number;
  readonly group: readonly [number, number];
}

/** The largest of `wanted`, 4 and the length itself (if below 4) that divides a length: no column is left over. */
export function dividing(length: number, wanted: number): number {
  if (length < 4) return length;
  return length % wanted === 0 ? wanted : 4;
}

/** WGSL that finds a thread's block of the result, and the grid of workgroups. */
export interface BlockGrid {
  readonly workgroups: Grid;
  /** Attribute and signature up to the body of the entry point. */
  readonly entry: string;
  /** Declares `columnBlock`, `rowBlock` and `repeat`; leaves the threads beyond the result. */
  readonly find: string;
}

export function blockGrid(
  columnBlocks: number,
  rowBlocks: number,
  repeats: number,
  group: readonly [number, number],
): BlockGrid {
  // A group wider than the result would idle; what it loses in columns it gains in rows.
  let [x, y] = group;
  while (x > 1 && x / 2 >= columnBlocks) {
    x /= 2;
    y *= 2;
  }
  const gridX = Math.ceil(columnBlocks / x);
  const rowGroups = Math.ceil(rowBlocks / y);
  const chunks = Math.ceil(rowGroups / maxGrid);
  const gridY = Math.ceil(rowGroups / chunks);
  const place = (axis: 'x' | 'y', count: number, group: string) =>
    count === 1 ? group : `${group} * ${count}u + local.${axis}`;
  const rowGroup = chunks === 1 ? 'group.y' : `(group.y + (group.z / ${repeats}u) * ${gridY}u)`;
  const guards = [
    columnBlocks % x ? `columnBlock >= ${columnBlocks}u` : '',
    rowBlocks % y || gridY * chunks !== rowGroups ? `rowBlock >= ${rowBlocks}u` : '',
  ].filter(Boolean);
  return {
    workgroups: [gridX, gridY, repeats * chunks],
    entry: `@compute @workgroup_size(${x}, ${y})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u)`,
    find: `  let columnBlock = ${place('x', x, 'group.x')};
  let rowBlock = ${place('y', y, rowGroup)};
  let repeat = ${chunks === 1 ? 'group.z' : `group.z % ${repeats}u`};
${guards.length ? `  if (${guards.join(' || ')}) { return; }` : ''}`,
  };
}
