import { AppError } from '../../errors.ts';
import type { Kernel } from './kernels/kernel.ts';
import { liveBytes } from './kernels/live.ts';

/** Compiles kernels, those of equal text once, and makes their bind groups. */
export class Pipelines {
  readonly #device: GPUDevice;
  readonly #liveLayout: GPUBindGroupLayout;
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  readonly #pipelines = new Map<string, GPUComputePipeline>();

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#liveLayout = device.createBindGroupLayout({
      entries: [
        {
          binding: 0,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type: 'uniform', hasDynamicOffset: true, minBindingSize: liveBytes },
        },
      ],
    });
  }

  /**
   * Compiles all kernels, in parallel.
   * @throws AppError WebGpuPipelineError, naming the kernel and what the compiler says.
   */
  async compile(kernels: readonly Kernel[], onProgress?: (fraction: number) => void): Promise<void> {
    const missing = new Map(
      kernels.filter(({ code }) => !this.#pipelines.has(code)).map((kernel) => [kernel.code, kernel]),
    );
    let done = 0;
    await Promise.all(
      Array.from(missing.values(), async (kernel) => {
        this.#pipelines.set(kernel.code, await this.#compileOne(kernel));
        onProgress?.(++done / missing.size);
      }),
    );
  }

  pipeline({ code, label }: Kernel): GPUComputePipeline {
    const pipeline = this.#pipelines.get(code);
    if (!pipeline) throw new RangeError(`kernel ${label} was not compiled`);
    return pipeline;
  }

  /**
   * Buffers go by the kernel's names for them; `sizes` is the kernel's, if it has any.
   * @throws RangeError unless every name is given, and no other.
   */
  bindGroup(
    kernel: Kernel,
    buffers: Readonly<Record<string, GPUBufferBinding>>,
    sizes?: GPUBufferBinding | undefined,
  ): GPUBindGroup {
    const names = kernel.bindings.map(({ name }) => name);
    const given = Object.keys(buffers);
    if (given.length !== names.length || names.some((name) => !Object.hasOwn(buffers, name)))
      throw new RangeError(`kernel ${kernel.label} takes ${names.join(', ')}, not ${given.join(', ')}`);
    const all = [...names.map((name) => buffers[name]), ...(sizes ? [sizes] : [])];
    return this.#device.createBindGroup({
      label: kernel.label,
      layout: this.#layout(kernel),
      entries: all.map((resource, binding) => ({ binding, resource })),
    });
  }

  /** The bind group of the live values of a step, chosen by a dynamic offset. */
  liveGroup(buffer: GPUBuffer): GPUBindGroup {
    return this.#device.createBindGroup({
      layout: this.#liveLayout,
      entries: [{ binding: 0, resource: { buffer, size: liveBytes } }],
    });
  }

  #layout({ bindings, sizes }: Kernel): GPUBindGroupLayout {
    const types: GPUBufferBindingType[] = bindings.map(({ access }) =>
      access === 'read' ? 'read-only-storage' : 'storage',
    );
    if (sizes) types.push('uniform');
    const key = types.join();
    let layout = this.#layouts.get(key);
    if (!layout) {
      layout = this.#device.createBindGroupLayout({
        entries: types.map((type, binding) => ({
          binding,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type },
        })),
      });
      this.#layouts.set(key, layout);
    }
    return layout;
  }

  async #compileOne(kernel: Kernel): Promise<GPUComputePipeline> {
    const { code, label } = kernel;
    const device = this.#device;
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ label, code });
    const layout = device.createPipelineLayout({
      bindGroupLayouts: [this.#liveLayout, this.#layout(kernel)],
    });
    const pipeline = device
      .createComputePipelineAsync({ label, layout, compute: { module, entryPoint: 'main' } })
      .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    const invalid = await device.popErrorScope();
    const result = await pipeline;
    if (!invalid && !(result instanceof Error)) return result;
    const { messages } = await module.getCompilationInfo();
    const reasons = messages.map(({ lineNum, message }) => `line ${lineNum}: ${message}`);
    if (invalid) reasons.push(invalid.message);
    if (result instanceof Error && result.message !== '') reasons.push(result.message);
    throw new AppError('WebGpuPipelineError', { kernel: label, reasons });
  }
}
