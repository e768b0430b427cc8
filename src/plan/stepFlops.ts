import type { Operation } from './operations.ts';
import {
  filterProduct,
  forwardProduct,
  inputGradientProduct,
  type Product,
  productFlops,
} from './product.ts';
import type { Plan } from './program.ts';
import { rowCount } from './slots.ts';

/** Floating point operations of a training step: multiplications and additions of its products of matrices. */
export function stepFlops({ step }: Plan): number {
  let flops = 0;
  for (const { repeats, operations } of step)
    for (const operation of operations) {
      const product = productOf(operation);
      if (product) flops += repeats * productFlops(product);
    }
  return flops;
}

/** The product that an operation is; null for one that is none. */
function productOf(operation: Operation): Product | null {
  switch (operation.kind) {
    case 'forward':
    case 'tangent':
      return forwardProduct(operation.layer, rowCount(operation.output));
    case 'gradientByParameters':
      return filterProduct(operation.layer, rowCount(operation.gradient));
    case 'gradientByInput':
      return inputGradientProduct(operation.layer, rowCount(operation.gradient));
    case 'logitDifferenceGradient':
      return inputGradientProduct(operation.layer, rowCount(operation.hidden));
    default:
      return null;
  }
}
