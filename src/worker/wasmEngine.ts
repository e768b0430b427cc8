import { WasmEngine } from '../engines/wasm/module.ts';

/** More threads than this have too little to do in one step of the networks here. */
const mostThreads = 8;

let opened: Promise<WasmEngine> | undefined;

/** The WebAssembly engine of this Worker, with a thread a core where the page may share memory. */
export function openBrowserWasm(): Promise<WasmEngine> {
  opened ??= WasmEngine.open({
    threads: crossOriginIsolated ? Math.min(mostThreads, navigator.hardwareConcurrency) : 1,
    startHelper: (start) => {
      const worker = new Worker(new URL('./wasmHelper.ts', import.meta.url), { type: 'module' });
      worker.postMessage(start);
      return worker;
    },
  });
  return opened;
}
