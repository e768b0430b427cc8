import { startTfjsInNode } from '../../cli/nodeTfjs.ts';
import { openNodeWasm } from '../../cli/wasmEngine.ts';
import { type NodeWebGpu, openNodeWebGpu } from '../../cli/webgpuDriver.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { createWasmTrainer } from '../engines/wasm/createWasmTrainer.ts';
import { createPlanTrainer } from '../engines/webgpu/createPlanTrainer.ts';
import { requestPlanDevice } from '../engines/webgpu/requestDevice.ts';
import { createTfjsTrainer } from '../families/createTfjsTrainer.ts';
import { vaeModel } from '../families/vae/model.ts';
import { describeEngine } from './contract.ts';

for (const threads of [1, 2])
  describeEngine(`WebAssembly, threads: ${threads}`, async () => {
    const engine = await openNodeWasm(threads);
    return async (config) => createWasmTrainer(vaeModel(config), engine);
  });

describeEngine('reference', async () => async (config) => createReferenceTrainer(vaeModel(config)));

for (const name of ['tfjs-cpu', 'tfjs-wasm'] as const)
  describeEngine(name, async () => {
    const runsOn = await startTfjsInNode(name);
    return (config) => createTfjsTrainer(config, runsOn);
  });

/** Held for as long as the tests run: the process ends with an error when WebGPU is collected in use. */
let webgpu: NodeWebGpu;

describeEngine('the plan on WebGPU', async () => {
  webgpu = await openNodeWebGpu('swiftshader');
  const device = await requestPlanDevice(webgpu.adapter);
  const { name: adapter, software } = webgpu;
  const runsOn = { engine: 'webgpu', adapter, software } as const;
  return (config) => createPlanTrainer(vaeModel(config), device, runsOn);
});
