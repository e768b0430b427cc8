import { DeviceGuard } from '../src/trainer/webgpu/deviceGuard.ts';
import { chooseKernels } from '../src/trainer/webgpu/chooseKernels.ts';
import { type KernelChoice, registerChoice, sharedChoice } from '../src/trainer/webgpu/kernelChoice.ts';
import { type LayerProduct, productFlops } from '../src/trainer/webgpu/kernels/product.ts';
import { Pipelines } from '../src/trainer/webgpu/pipelines.ts';
import { ProductRun } from '../src/trainer/webgpu/productRun.ts';
import { requestPlanDevice } from '../src/trainer/webgpu/requestDevice.ts';
import type { NodeWebGpu } from '../cli/webgpuDriver.ts';

/** Sizes to try: large and square for a GPU, and as the discriminator has them. */
const products: readonly LayerProduct[] = [
  { kind: 'dense', rows: 512, inner: 512, columns: 512, transposed: false },
  { kind: 'dense', rows: 256, inner: 1000, columns: 1000, transposed: false },
];

export interface MatrixRate {
  /** Floating point operations a second. */
  readonly rate: number;
  readonly kernels: string;
}

/** Times matrix products alone, as a measure of what an adapter can do; `measure` may be repeated. */
export async function prepareMatrixRate(webgpu: NodeWebGpu): Promise<{ measure(): Promise<MatrixRate> }> {
  const adapter = await webgpu.gpu.requestAdapter({ powerPreference: 'high-performance' });
  const guard = new DeviceGuard(await requestPlanDevice(adapter ?? webgpu.adapter));
  const pipelines = new Pipelines(guard.device);
  const backend = { backend: 'webgpu', adapter: webgpu.name, software: webgpu.software } as const;
  const chosen = await chooseKernels(guard, pipelines, backend);
  const choices: KernelChoice[] = [chosen];
  if (!webgpu.software) choices.push(...[sharedChoice, registerChoice].filter((choice) => choice !== chosen));
  const runs: { readonly run: ProductRun; readonly product: LayerProduct; readonly kernels: string }[] = [];
  for (const choice of choices)
    for (const product of products) {
      const kernel = choice.layer(product, { kind: 'bias', activation: 'none' });
      const run = await ProductRun.prepare(guard, pipelines, kernel, product);
      runs.push({ run, product, kernels: choice.name });
    }
  return {
    async measure() {
      let best: MatrixRate = { rate: 0, kernels: '' };
      for (const { run, product, kernels } of runs) {
        const rate = (1000 * productFlops(product)) / (await run.time(webgpu.software ? 2 : 20, 3));
        if (rate > best.rate) best = { rate, kernels };
      }
      return best;
    },
  };
}
