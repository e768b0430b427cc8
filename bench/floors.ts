import { parseArgs } from 'node:util';
import { driverChoices, type NodeWebGpu } from '../cli/webgpuDriver.ts';
import { type PresetName, presetNames, presets } from '../src/config/presets.ts';
import { usualTiles } from '../src/engines/webgpu/kernelChoice.ts';
import { productName } from '../src/engines/webgpu/measureTiles.ts';
import type { Dispatch } from '../src/engines/webgpu/program.ts';
import { requestPlanDevice } from '../src/engines/webgpu/requestDevice.ts';
import { openDriver, runBenchmark } from './command.ts';
import { cards, dispatchCost, floorOf, type Work, workOf } from './floorsOfCards.ts';
import { oneOf } from './options.ts';
import { prepareStep } from './preparedStep.ts';

/**
 * npm run bench:floors -- [--presets paper,quick,tiny] [--driver auto|lavapipe|swiftshader]
 * Of each dispatch of a step with the kernels of real GPUs, its floating point operations and the bytes that it
 * must at least read and write, and the least time that three cards need by their datasheets: Markdown for
 * docs/performance.md. Nothing is run: the driver only gives the plan its buffers.
 */
const { values } = parseArgs({
  options: {
    presets: { type: 'string', default: presetNames.toReversed().join() },
    driver: { type: 'string', default: 'auto' },
  },
});

/** Dispatches of a step, as real GPUs have them. */
async function dispatchesOf(preset: PresetName, webgpu: NodeWebGpu): Promise<readonly Dispatch[]> {
  const adapter = await webgpu.gpu.requestAdapter();
  const device = await requestPlanDevice(adapter ?? webgpu.adapter);
  return prepareStep(presets[preset], device, usualTiles).dispatches;
}

interface Row extends Work {
  readonly name: string;
  count: number;
}

/** Equal dispatches as one row, in the order of the step. */
function rowsOf(dispatches: readonly Dispatch[]): Row[] {
  const rows = new Map<string, Row>();
  for (const dispatch of dispatches) {
    const { product, kernel } = dispatch;
    const work = workOf(dispatch);
    const name = product ? productName(product.product) : kernel.label;
    const key = `${name} ${work.bytes} ${work.groups}`;
    const known = rows.get(key);
    if (known) known.count++;
    else rows.set(key, { name, count: 1, ...work });
  }
  return [...rows.values()];
}

const microseconds = (seconds: number) => (1e6 * seconds).toFixed(1);
const line = (cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);

function print(preset: PresetName, rows: readonly Row[]): void {
  const total = (of: (row: Row) => number) => rows.reduce((sum, row) => sum + row.count * of(row), 0);
  const named = cards.map(({ name }) => `${name}, us`);
  console.log(`\n### \`${preset}\`: ${total(() => 1)} dispatches\n`);
  line(['dispatch', 'times', 'groups', 'MFLOP', 'MB', ...named]);
  line(['---', ...Array.from({ length: 4 + cards.length }, () => '---:')]);
  for (const row of rows) {
    const { name, count, groups, flops, bytes } = row;
    const floors = cards.map((card) => microseconds(floorOf(row, card)));
    line([
      name,
      String(count),
      String(groups),
      (flops / 1e6).toFixed(2),
      (bytes / 1e6).toFixed(2),
      ...floors,
    ]);
  }
  const sums = cards.map((card) => microseconds(total((row) => floorOf(row, card))));
  line([
    '**all, an estimate**',
    String(total(() => 1)),
    '',
    (total(({ flops }) => flops) / 1e6).toFixed(0),
    (total(({ bytes }) => bytes) / 1e6).toFixed(0),
    ...sums.map((sum) => `**${sum}**`),
  ]);
  const costs = microseconds(total(() => dispatchCost));
  console.log(`\nOf each sum ${costs} us are what so many dispatches cost whatever they do.`);
}

async function main(): Promise<void> {
  const webgpu = await openDriver(oneOf(driverChoices, values.driver, 'driver'));
  for (const name of values.presets.split(',')) {
    const preset = oneOf(presetNames, name, 'presets');
    print(preset, rowsOf(await dispatchesOf(preset, webgpu)));
  }
}

await runBenchmark(main);
