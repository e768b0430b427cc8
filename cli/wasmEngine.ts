import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { WasmEngine } from '../src/engines/wasm/module.ts';

/** What a thread of Node's does: it has no file of its own, so that it works from any bundle. */
const helperCode = `
const { workerData: { module, memory, thread } } = require('node:worker_threads');
const never = () => {};
const imports = { env: { memory }, index: { wakeHelpers: never, restUnlessFinished: never } };
new WebAssembly.Instance(module, imports).exports.serve(thread);
`;

/** The WebAssembly engine in Node, by default with a thread a core. */
export function openNodeWasm(threads = availableParallelism()): Promise<WasmEngine> {
  return WasmEngine.open({
    threads,
    startHelper: (workerData) => {
      const worker = new Worker(helperCode, { eval: true, workerData });
      // A sleeping helper keeps no process alive.
      worker.unref();
      return { terminate: () => void worker.terminate() };
    },
  });
}
