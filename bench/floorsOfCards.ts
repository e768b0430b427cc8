import type { Dispatch } from '../src/engines/webgpu/program.ts';
import { productFlops, productLengths, productSize } from '../src/plan/product.ts';

/** A card by its datasheet. */
export interface Card {
  readonly name: string;
  /** Floating point operations, and bytes, a second. */
  readonly flops: number;
  readonly bandwidth: number;
}

export const cards: readonly Card[] = [
  { name: 'integrated', flops: 1e12, bandwidth: 50e9 },
  { name: 'laptop', flops: 10e12, bandwidth: 300e9 },
  { name: 'server', flops: 60e12, bandwidth: 3000e9 },
];

/** Seconds from the end of one dispatch to the first work of the next that waits for it: assumed, not measured. */
export const dispatchCost = 4e-6;

/** What a dispatch must do at least. */
export interface Work {
  /** Of its product of matrices; 0 for others, whose arithmetic is small beside their bytes. */
  readonly flops: number;
  /** Every operand read once, every result written once, and read as well where it is changed in place. */
  readonly bytes: number;
  readonly groups: number;
}

export function floorOf({ flops, bytes }: Work, card: Card): number {
  return Math.max(flops / card.flops, bytes / card.bandwidth) + dispatchCost;
}

export function workOf(dispatch: Dispatch): Work {
  const { kernel, product: made } = dispatch;
  const [x, y, z] = kernel.workgroups;
  const groups = x * y * z;
  if (!made) return { flops: 0, bytes: bytesBound(dispatch), groups };
  const { product, epilogue } = made;
  const { columns } = productSize(product);
  const { a, b, result } = productLengths(product);
  const masks = epilogue.kind === 'mask' ? result : 0;
  const numbers = a + b + result + masks + (epilogue.kind === 'bias' ? columns : 0);
  return { flops: productFlops(product), bytes: 4 * numbers, groups };
}

/** Bytes of the buffers of a kernel that is no product. A bias' gradient is little beside what it sums. */
function bytesBound({ kernel, buffers }: Dispatch): number {
  let bytes = 0;
  for (const { name, access } of kernel.bindings) {
    const { buffer, offset = 0, size = buffer.size - offset } = buffers[name];
    const sumsBiases = name === 'gradients' && access === 'write';
    if (!sumsBiases) bytes += (access === 'write' && readsToo(kernel.code, name) ? 2 : 1) * size;
  }
  return bytes;
}

/** Whether a shader reads a buffer, beside assigning to its elements. */
export function readsToo(code: string, name: string): boolean {
  const uses = [...code.matchAll(new RegExp(`\\b${name}\\[`, 'g'))];
  return uses.some(({ index }) => {
    let at = index + name.length + 1;
    for (let depth = 1; depth > 0; at++) depth += Number(code[at] === '[') - Number(code[at] === ']');
    return !/^\s*=[^=]/.test(code.slice(at));
  });
}
