import { startTfjsInNode } from '../../cli/nodeTfjs.ts';
import { type NodeWebGpu, openNodeWebGpu } from '../../cli/webgpuDriver.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { createPlanTrainer } from '../engines/webgpu/createPlanTrainer.ts';
import { requestPlanDevice } from '../engines/webgpu/requestDevice.ts';
import { createTfjsTrainer } from '../families/createTfjsTrainer.ts';
import { vaeModel } from '../families/vae/model.ts';
import { describeEngine } from './contract.ts';

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
