import { WasmEngine } from '../engines/wasm/module.ts';
import type { ExhibitCommands } from '../protocol/exhibits.ts';
import { serve } from '../protocol/server.ts';
import { fetchExhibitFile } from './exhibitFiles.ts';
import { Exhibits } from './exhibits.ts';

// A Worker of its own: training never waits for it, nor it for training. One thread is plenty.
const exhibits = new Exhibits({
  openEngine: () => WasmEngine.open({ threads: 1, startHelper: () => ({ terminate: () => undefined }) }),
  fetchFile: fetchExhibitFile,
});

serve<ExhibitCommands, never>(self, {
  show: ({ name, factors }) => exhibits.show(name, factors),
  decode: ({ name, code }) => exhibits.decode(name, code),
  fetchAll: async () => {
    await exhibits.fetchAll();
    return null;
  },
});
