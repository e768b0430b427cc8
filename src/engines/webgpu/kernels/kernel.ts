/**
 * A kernel is a compute shader whose shapes are baked in when its text is generated, so that a driver sees constant
 * loop bounds. Group 0 holds the live values of the step (see live.ts); group 1 the kernel's own buffers, in the order
 * of `bindings`. Kernels of equal text share one pipeline.
 */
export interface Kernel {
  /** What it does, for error messages and labels. */
  readonly label: string;
  readonly code: string;
  /** Its storage buffers, by the names that whoever runs it gives them by. */
  readonly bindings: readonly Binding[];
  /** Workgroups to dispatch. */
  readonly workgroups: Grid;
  /**
   * Sizes that are not baked in, as one more binding after the others, a uniform: so that layers of any size share a
   * pipeline, where compiling costs more than constant bounds save.
   */
  readonly sizes?: Uint32Array<ArrayBuffer>;
}

export type Access = 'read' | 'write';
export interface Binding {
  readonly name: string;
  readonly access: Access;
}
export type Grid = readonly [x: number, y: number, z: number];

/** The most workgroups WebGPU dispatches along one dimension. */
export const maxGrid = 65535;

/** One storage buffer of a kernel: its WGSL name, whether the kernel writes it, and its element type. */
export interface BufferDeclaration extends Binding {
  readonly type: 'f32' | 'vec2f' | 'vec4f' | 'u32' | 'i32' | 'vec2u' | 'vec4i';
}

/** WGSL declarations of a kernel's buffers, numbered in order, in group 1. */
export function declareBuffers(buffers: readonly BufferDeclaration[]): string {
  return buffers
    .map(({ name, type, access }, i) => {
      const mode = access === 'read' ? 'read' : 'read_write';
      return `@group(1) @binding(${i}) var<storage, ${mode}> ${name}: array<${type}>;`;
    })
    .join('\n');
}

/** Joins `count` lines made by `line`, for unrolled code. */
export function unroll(count: number, line: (i: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, i) => line(i)).join(separator);
}

export const threadsPerGroup = 64;

/**
 * A kernel of `threads` independent threads. `body` is WGSL that sees `i: u32` below `threads`; more than one row of
 * workgroups is used where one does not hold them all.
 */
export function threadKernel(options: {
  readonly label: string;
  readonly buffers: readonly BufferDeclaration[];
  readonly threads: number;
  /** Module-scope WGSL before the entry point. */
  readonly module?: string;
  readonly body: string;
}): Kernel {
  const { label, buffers, threads, module = '', body } = options;
  const groups = Math.ceil(threads / threadsPerGroup);
  const rows = Math.ceil(groups / maxGrid);
  const columns = Math.ceil(groups / rows);
  const code = `${declareBuffers(buffers)}
${module}
@compute @workgroup_size(${threadsPerGroup})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x + id.y * ${columns * threadsPerGroup}u;
  if (i >= ${threads}u) { return; }
${body}
}
`;
  return { label, code, bindings: buffers, workgroups: [columns, rows, 1] };
}
