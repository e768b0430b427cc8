import { type Activation, negativeSlope } from '../../../model/layers.ts';
import { type BufferDeclaration, type Kernel, threadKernel } from './kernel.ts';

/**
 * Adds gradients by one output and takes them through its activation: `mask` is that output, in a buffer of its own or
 * where the sum goes. Buffers: term0, term1 ..., [mask], result; `length` numbers each, a multiple of four.
 */
export function sumGradients(
  length: number,
  terms: number,
  activation: Activation,
  inPlace: boolean,
): Kernel {
  const names = Array.from({ length: terms }, (_, t) => `term${t}`);
  const slope = negativeSlope(activation);
  const masks = slope !== null && !inPlace;
  const mask = inPlace ? 'result' : 'mask';
  const factor = slope === null ? '' : ` * select(vec4f(${slope}), vec4f(1.0), ${mask}[i] > vec4f(0.0))`;
  return threadKernel({
    label: 'sum of gradients',
    buffers: [
      ...names.map((name): BufferDeclaration => ({ name, type: 'vec4f', access: 'read' })),
      ...(masks ? [{ name: 'mask', type: 'vec4f', access: 'read' } as const] : []),
      { name: 'result', type: 'vec4f', access: 'write' },
    ],
    threads: length / 4,
    body: `  result[i] = (${names.map((name) => `${name}[i]`).join(' + ')})${factor};`,
  });
}
