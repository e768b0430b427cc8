import { parseArgs } from 'node:util';
import { driverChoices } from '../cli/webgpuDriver.ts';
import { presetNames, presets } from '../src/config/presets.ts';
import { usualTiles } from '../src/engines/webgpu/kernelChoice.ts';
import { memoryUses } from '../src/engines/webgpu/memory.ts';
import { planReport } from '../src/engines/webgpu/planReport.ts';
import { objectives } from '../src/settings/scopes.ts';
import { openDriver, runBenchmark } from './command.ts';
import { openPlan } from './openPlan.ts';
import { oneOf } from './options.ts';

/**
 * npm run bench:memory -- [--driver auto|lavapipe|swiftshader] [--objective factorVae|betaVae|infoWganGp]
 * Bytes of every buffer of the plan by what they are for, and their ratio to the step's tensors, by preset: with
 * the kernels chosen for the adapter and with those of real GPUs; then with what `keep` copies, and while an
 * encoder is frozen.
 */
const { values } = parseArgs({
  options: {
    driver: { type: 'string', default: 'auto' },
    objective: { type: 'string', default: 'factorVae' },
  },
});

async function main(): Promise<void> {
  const webgpu = await openDriver(oneOf(driverChoices, values.driver, 'driver'));
  const objective = oneOf(objectives, values.objective, 'objective');
  for (const preset of presetNames)
    for (const options of [{}, { kernels: usualTiles }]) {
      const trainer = await openPlan({ ...presets[preset], objective }, webgpu, options);
      const { kernels, memory, tensorBytes } = planReport(trainer);
      // What images are drawn from is apart: it depends on the data set, not on the model.
      const bytes = () => planReport(trainer).bytes - memory.images;
      const ratio = () => (bytes() / tensorBytes).toFixed(3);
      console.log(`${preset}, ${kernels}: ${bytes()} bytes over ${tensorBytes} of tensors, ${ratio()}`);
      for (const use of memoryUses) console.log(`  ${use}: ${memory[use]}`);
      await trainer.keep();
      console.log(`  with what is kept, ${planReport(trainer).memory.kept}: ${ratio()}`);
      await trainer.freezeEncoder();
      console.log(`  while an encoder is frozen: ${ratio()}`);
      trainer.dispose();
    }
}

await runBenchmark(main);
