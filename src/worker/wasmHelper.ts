import { type HelperStart, importsOf } from '../engines/wasm/module.ts';

/** A thread of the WebAssembly engine: it serves one memory until it is terminated. */
self.addEventListener('message', ({ data: { module, memory, thread } }: MessageEvent<HelperStart>) => {
  const { serve } = new WebAssembly.Instance(module, importsOf(memory)).exports;
  if (typeof serve === 'function') serve(thread);
});
