import type { LayerProduct } from '../../plan/product.ts';
import { productReference } from '../reference/products.ts';
import type { DeviceGuard } from './deviceGuard.ts';
import type { Kernel } from './kernels/kernel.ts';
import { GpuMemory } from './memory.ts';
import type { Pipelines } from './pipelines.ts';
import { encodeAlone, LiveSlots, Program, SizeTable } from './program.ts';
import { readBuffers } from './readback.ts';
import { QueueWatch } from './stopwatch.ts';

type Dense = LayerProduct & { readonly kind: 'dense' };

/** One dense product with buffers of its own, to check or to time its kernel. Its bias is zero. */
export class ProductRun {
  readonly #guard: DeviceGuard;
  readonly #memory: GpuMemory;
  readonly #program: Program;
  readonly #live: LiveSlots;
  readonly #product: Dense;
  readonly #inputs: readonly [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>];
  readonly #result: GPUBuffer;

  static async prepare(
    guard: DeviceGuard,
    pipelines: Pipelines,
    kernel: Kernel,
    product: LayerProduct,
  ): Promise<ProductRun> {
    if (product.kind !== 'dense') throw new RangeError('only dense products can be run alone');
    await guard.wait(pipelines.compile([kernel]));
    return new ProductRun(guard, pipelines, kernel, product);
  }

  private constructor(guard: DeviceGuard, pipelines: Pipelines, kernel: Kernel, product: Dense) {
    const { rows, inner, columns } = product;
    const { queue } = guard.device;
    this.#guard = guard;
    this.#product = product;
    const memory = new GpuMemory(guard.device);
    this.#memory = memory;
    // Small whole numbers, whose products any order of adding gives exactly.
    const numbers = (length: number) => Float32Array.from({ length }, (_, i) => ((i * 7 + (i >> 3)) % 9) - 4);
    this.#inputs = [numbers(rows * inner), numbers(inner * columns)];
    const upload = (data: Float32Array<ArrayBuffer>) => {
      const buffer = memory.storage('a product', 'transfer', data.length);
      queue.writeBuffer(buffer, 0, data);
      return { buffer };
    };
    const [a, b] = this.#inputs;
    this.#result = memory.storage('a product', 'transfer', rows * columns);
    const [, , third] = kernel.bindings;
    const buffers = {
      a: upload(a),
      b: upload(b),
      [third.name]: upload(new Float32Array(columns)),
      result: { buffer: this.#result },
    };
    this.#live = LiveSlots.single(memory, pipelines);
    this.#program = new Program([{ kernel, buffers }], pipelines, new SizeTable([kernel], memory, queue));
  }

  /** Whether the kernel's result is the product. */
  async isRight(): Promise<boolean> {
    const { device } = this.#guard;
    const encoder = device.createCommandEncoder();
    encodeAlone(encoder, this.#program, this.#live);
    device.queue.submit([encoder.finish()]);
    const [bytes] = await readBuffers(this.#guard, [{ buffer: this.#result, size: this.#result.size }]);
    const result = new Float32Array(bytes);
    return productReference(this.#product, ...this.#inputs).every((value, i) => value === result[i]);
  }

  /** Milliseconds one product takes: the least of `tries` means over `count`. */
  async time(count: number, tries: number): Promise<number> {
    const program = this.#program;
    const passes = Array.from({ length: tries }, () => ({ program, count }));
    const watch = new QueueWatch(this.#guard, this.#live);
    const [, ...times] = await watch.time([{ program, count: 1 }, ...passes]);
    return Math.min(...times);
  }

  dispose(): void {
    this.#memory.dispose();
  }
}
