import { type Kernel, threadsPerGroup } from './kernel.ts';

/** Threads of `findNonFinite`; each looks at every threads-th vector. */
const threads = 4096;

/**
 * Sets the flag to 1 if any parameter is infinite or not a number. It looks at the bits: WGSL lets a compiler assume
 * that no real is NaN. Buffers: parameters, flag (0 before).
 */
export function findNonFinite(length: number): Kernel {
  return {
    label: 'look for numbers that are not finite',
    code: `@group(1) @binding(0) var<storage, read> parameters: array<vec4u>;
@group(1) @binding(1) var<storage, read_write> flag: array<atomic<u32>>;
@compute @workgroup_size(${threadsPerGroup})
fn main(@builtin(global_invocation_id) id: vec3u) {
  var found = false;
  for (var i = id.x; i < ${length / 4}u; i += ${threads}u) {
    found = found || any((parameters[i] & vec4u(0x7f800000u)) == vec4u(0x7f800000u));
  }
  if (found) { atomicOr(&flag[0], 1u); }
}
`,
    bindings: [
      { name: 'parameters', access: 'read' },
      { name: 'flag', access: 'write' },
    ],
    workgroups: [threads / threadsPerGroup, 1, 1],
  };
}
