import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exhibitConfigs, exhibitNames, exhibitSteps } from '../../src/config/exhibits.ts';
import { writeDecoder, writeEncoder } from '../../src/files/exhibit.ts';
import { readSafetensors } from '../../src/files/safetensors.ts';
import type { NamedTensors } from '../../src/model/parameters.ts';
import type { RunRecord } from '../../src/record/runRecord.ts';
import { trainAll } from '../train/command.ts';
import type { Output } from '../train/reporter.ts';
import { openNodeWasm } from '../wasmEngine.ts';
import { decoderFile } from './decoderFile.ts';

/** Where they lie, from the project's folder, in which npm starts its commands. */
const folder = 'src/worker/exhibits';

export const modelsHelp = [
  'npm run models [-- DIR]',
  '',
  `Makes the models that ship with the page: trains ${exhibitNames.join(', ')} for ${exhibitSteps} steps of quick into DIR (runs/models), measures`,
  'them in half precision, and writes their files into src/worker/exhibits. It takes about half an hour on two cores. Ctrl-C stops',
  'it; the same command continues, and finished runs are not trained again. WebAssembly trains them, so that a seed gives the same',
  'files on every machine.',
].join('\n');

/** Trains what is not trained yet and writes the files of all. */
export async function makeModels(out: string, output: Output, signal: AbortSignal): Promise<void> {
  const { records } = await trainAll(
    {
      out,
      engine: 'wasm',
      steps: exhibitSteps,
      evaluateEvery: exhibitSteps / 2,
      checkpointEvery: 60,
      jobs: null,
      threads: null,
      tensorboard: false,
      runs: exhibitNames.map((name) => ({ name, preset: 'quick', config: exhibitConfigs[name] })),
    },
    output,
    signal,
  );
  if (signal.aborted) return;
  const engine = await openNodeWasm(1);
  for (const [at, name] of exhibitNames.entries()) {
    const record: RunRecord | undefined = records[at];
    if (record?.outcome !== 'complete') throw new Error(`${name} did not do all of its steps`);
    const weights = await weightsOf(join(out, name, 'weights.safetensors'));
    const encoder = writeEncoder(weights);
    const file = await decoderFile(record, weights, engine);
    const decoder = writeDecoder(file);
    await writeFile(join(folder, `${name}.decoder.safetensors`), decoder);
    await writeFile(join(folder, `${name}.encoder.safetensors`), encoder);
    const { factorVaeMetric, mig } = file.about;
    output.write(
      `${name}: metric ${factorVaeMetric.toFixed(2)}, MIG ${mig.toFixed(2)}; ${decoder.length} and ${encoder.length} bytes\n`,
    );
  }
  engine.close();
}

async function weightsOf(path: string): Promise<NamedTensors> {
  const { tensors } = readSafetensors(await readFile(path));
  return new Map(
    [...tensors].flatMap(([name, { dtype, shape, data }]) =>
      dtype === 'F32' ? [[name, { shape, data }] as const] : [],
    ),
  );
}
