import { productFlops, sampleProduct } from '../../plan/product.ts';
import type { WasmEngine } from './module.ts';
import { floatBits, RecordList } from './recordList.ts';
import { scratchBytes, shared } from './records.mjs';

/** Long enough for V8's second compiler to be done, and for helpers to have begun. */
const measuredMs = 250;

/** Floating point operations a second of dense products, by the fastest of those that a quarter of a second has room for. */
export function wasmProductRate(engine: WasmEngine): number {
  const { rows, inner, columns } = sampleProduct;
  const list = new RecordList();
  const input = shared.scratches + engine.threads * scratchBytes;
  const weight = input + 4 * rows * inner;
  const bias = weight + 4 * inner * columns;
  const output = bias + 4 * columns;
  const end = output + 4 * rows * columns;
  const perChunk = 16;
  const slope = floatBits(1);
  const fields = { input, weight, bias, output, rows, inner, columns, perChunk, slope };
  list.add('denseForward', Math.ceil(columns / perChunk), fields);

  const instance = engine.take(end + list.bytes);
  try {
    list.write(instance.memory.buffer, end);
    let best = Number.POSITIVE_INFINITY;
    const begun = performance.now();
    for (let start = begun; start - begun < measuredMs; ) {
      instance.run(end, list.count);
      const now = performance.now();
      best = Math.min(best, now - start);
      start = now;
    }
    return (1000 * productFlops(sampleProduct)) / best;
  } finally {
    instance.release();
  }
}
