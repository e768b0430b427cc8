import { WasmEngine } from '../engines/wasm/module.ts';
import { reportOf } from '../errors.ts';
import type { ExhibitAnswer, ExhibitCommand } from '../protocol/exhibits.ts';
import { fetchExhibitFile } from './exhibitFiles.ts';
import { Exhibits } from './exhibits.ts';

// A Worker of its own: training never waits for it, nor it for training. One thread is plenty.
const exhibits = new Exhibits({
  openEngine: () => WasmEngine.open({ threads: 1, startHelper: () => ({ terminate: () => undefined }) }),
  fetchFile: fetchExhibitFile,
});

async function answer(command: ExhibitCommand): Promise<ExhibitAnswer> {
  const { id } = command;
  try {
    switch (command.name) {
      case 'show': {
        const { name, factors } = command.params;
        return { kind: 'result', id, name: 'show', result: await exhibits.show(name, factors) };
      }
      case 'decode': {
        const { name, code } = command.params;
        return { kind: 'result', id, name: 'decode', result: await exhibits.decode(name, code) };
      }
      case 'fetchAll':
        await exhibits.fetchAll();
        return { kind: 'result', id, name: 'fetchAll', result: null };
    }
  } catch (thrown) {
    return { kind: 'failure', id, error: reportOf(thrown) };
  }
}

self.addEventListener('message', async ({ data }: MessageEvent<ExhibitCommand>) => {
  self.postMessage(await answer(data));
});
