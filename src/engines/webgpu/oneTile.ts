import { tileChoice } from './kernelChoice.ts';

/**
 * The kernels of real GPUs with one tile for all products, of little workgroup memory: for tests of whole plans
 * on software drivers, whose compilers take long over such memory. The tiles of GPUs are tested one by one.
 */
export const oneTile = tileChoice(() => ({ numbers: [4, 4], threads: [8, 8], split: 1, depth: 4 }));
