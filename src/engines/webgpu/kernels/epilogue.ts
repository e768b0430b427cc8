import { type Activation, negativeSlope } from '../../../model/layers.ts';
import type { BufferDeclaration } from './kernel.ts';

/**
 * What happens to a finished number of a product before it is stored: a bias and an activation are applied, or the
 * gradient goes through the activation whose result lies in `mask`: in a buffer of its own, or where the gradient is
 * stored, which then replaces it.
 */
export type Epilogue =
  | { readonly kind: 'plain' }
  | { readonly kind: 'bias'; readonly activation: Activation }
  | { readonly kind: 'mask'; readonly activation: Activation; readonly inPlace: boolean };

/** Buffers that the epilogue reads, beside the result. */
export function epilogueBuffers(epilogue: Epilogue, type: 'f32' | 'vec4f'): BufferDeclaration[] {
  if (epilogue.kind === 'bias') return [{ name: 'bias', type, access: 'read' }];
  if (epilogue.kind === 'mask' && !epilogue.inPlace) return [{ name: 'mask', type, access: 'read' }];
  return [];
}

/** WGSL `finish(at, column, value)`: stores `value` at index `at` of `result`, in elements of `type`. */
export function finishModule(epilogue: Epilogue, type: 'f32' | 'vec4f'): string {
  return `fn finish(at: u32, column: u32, value: ${type}) {
${finishBody(epilogue, type)}
}
`;
}

function finishBody(epilogue: Epilogue, type: 'f32' | 'vec4f'): string {
  if (epilogue.kind === 'plain') return '  result[at] = value;';
  const slope = negativeSlope(epilogue.activation);
  if (epilogue.kind === 'bias') {
    const sum = '  let sum = value + bias[column];\n';
    if (slope === null) return `${sum}  result[at] = sum;`;
    // Written so that NaN stays NaN: a run that diverges must show it.
    return `${sum}  result[at] = select(sum, ${type}(${slope}) * sum, sum < ${type}(0.0));`;
  }
  if (slope === null) return '  result[at] = value;';
  const mask = epilogue.inPlace ? 'result' : 'mask';
  return `  result[at] = value * select(${type}(${slope}), ${type}(1.0), ${mask}[at] > ${type}(0.0));`;
}
