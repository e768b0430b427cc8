import { productFlops, sampleProduct } from '../../plan/product.ts';
import type { WasmEngine } from './module.ts';
import { floatBits, RecordList } from './recordList.ts';
import { scratchBytes, shared } from './records.mjs';

/**
 * It ends once no product was faster for so long, and after a second at the latest: at first the compiler is not done, helpers
 * have not begun, and a page that opens keeps a core busy.
 */
const settledMs = 200;
const mostMs = 1000;
/** Faster by less is chance. */
const gain = 0.98;

/** Floating point operations a second of dense products, by the fastest. */
export async function wasmProductRate(engine: WasmEngine): Promise<number> {
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
    let now = begun;
    for (let settled = begun; now - settled < settledMs && now - begun < mostMs; ) {
      const start = now;
      instance.run(end, list.count);
      now = performance.now();
      if (now - start < gain * best) settled = now;
      best = Math.min(best, now - start);
      // A browser starts a helper only while the Worker that asked for it waits.
      await new Promise((resolve) => setTimeout(resolve));
      now = performance.now();
    }
    return (1000 * productFlops(sampleProduct)) / best;
  } finally {
    instance.release();
  }
}
