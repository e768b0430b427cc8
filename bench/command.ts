import { availableParallelism, cpus, loadavg } from 'node:os';
import { failureLine } from '../cli/told.ts';
import { type DriverChoice, type NodeWebGpu, openNodeWebGpu } from '../cli/webgpuDriver.ts';

/** Held for as long as the process lives: it ends with an error when WebGPU is collected in use. */
const held = new Set<NodeWebGpu>();

/** WebGPU on a driver, for the whole run. */
export async function openDriver(driver: DriverChoice): Promise<NodeWebGpu> {
  const webgpu = await openNodeWebGpu(driver);
  held.add(webgpu);
  return webgpu;
}

/** The machine and how busy it is, for the head of a report. */
export const machine = `${cpus()[0].model}, ${availableParallelism()} processors, load ${loadavg()[0].toFixed(1)}`;

/** Runs a benchmark and ends the process: drivers keep threads of their own. An error is named. */
export async function runBenchmark(main: () => Promise<void>): Promise<never> {
  try {
    await main();
    process.exit(0);
  } catch (thrown) {
    console.error(failureLine(thrown));
    process.exit(2);
  }
}
