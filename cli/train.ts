import { parseArgs } from 'node:util';
import { z } from 'zod';
import { backendNames } from '../src/config/backends.ts';
import { type PresetName, presetNames, presets } from '../src/config/presets.ts';
import { type RunConfig, runConfigSchema } from '../src/config/schema.ts';
import { AppError, reportOf } from '../src/errors.ts';
import { type MetricName, metricIndex, metricWidth } from '../src/model/metricsRow.ts';
import { createTfjsTrainer } from '../src/trainer/tfjs/trainer.ts';
import { createNodeBackend } from './nodeBackend.ts';

/**
 * npm run train -- [--preset tiny] [--backend wasm] [--steps 2000] [--every 200] [--seed 0] [--set gamma=20 ...]
 * Trains without a page, and prints the metrics' means over every so many steps, and the speed.
 */
const columns: [string, MetricName, number][] = [
  ['reconstruction', 'reconstruction', 2],
  ['KL', 'kl', 2],
  ['TC by D', 'totalCorrelation', 3],
  ['D loss', 'discriminatorLoss', 3],
  ['D accuracy', 'discriminatorAccuracy', 2],
];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      preset: { type: 'string', default: 'tiny' },
      backend: { type: 'string', default: 'wasm' },
      steps: { type: 'string', default: '2000' },
      every: { type: 'string', default: '200' },
      seed: { type: 'string', default: '0' },
      set: { type: 'string', multiple: true, default: [] },
    },
  });
  const preset = oneOf('preset', presetNames, values.preset);
  const steps = Number(values.steps);
  const every = Number(values.every);
  const config = configOf(preset, Number(values.seed), values.set);

  const backend = await createNodeBackend(oneOf('backend', backendNames, values.backend));
  console.log(`${preset} on ${backend.backend}: ${backend.adapter}`);
  console.log(['step', ...columns.map(([title]) => title), 'KL by latent', 'steps/s'].join('\t'));
  const trainer = await createTfjsTrainer(config, backend);
  const width = metricWidth(config.latents);
  while (trainer.step < steps) {
    const began = performance.now();
    const rows = await trainer.train(Math.min(every, steps - trainer.step));
    const seconds = (performance.now() - began) / 1000;
    const count = rows.length / width;
    const mean = (column: number) => {
      let sum = 0;
      for (let at = column; at < rows.length; at += width) sum += rows[at];
      return sum / count;
    };
    const latents = Array.from({ length: config.latents }, (_, i) =>
      mean(width - config.latents + i).toFixed(1),
    );
    const numbers = columns.map(([, name, digits]) => mean(metricIndex(name)).toFixed(digits));
    console.log([trainer.step, ...numbers, latents.join(' '), (count / seconds).toFixed(1)].join('\t'));
  }
  trainer.dispose();
}

/** A preset with some fields changed, each as name=JSON. */
function configOf(preset: PresetName, seed: number, changes: readonly string[]): RunConfig {
  const changed: Record<string, unknown> = { ...presets[preset], seed };
  for (const change of changes) {
    const [name, value] = change.split('=');
    try {
      changed[name] = JSON.parse(value);
    } catch {
      throw new AppError(
        'UsageError',
        `--set ${change}: give a field and its value as JSON, such as gamma=20.`,
      );
    }
  }
  const parsed = runConfigSchema.safeParse(changed);
  if (!parsed.success) throw new AppError('UsageError', z.prettifyError(parsed.error));
  return parsed.data;
}

function oneOf<Name extends string>(option: string, names: readonly Name[], given: string): Name {
  const found = names.find((name) => name === given);
  if (!found)
    throw new AppError('UsageError', `--${option} must be one of ${names.join(', ')}, not "${given}".`);
  return found;
}

try {
  await main();
} catch (thrown) {
  const { name, message } = reportOf(thrown);
  console.error(`${name}: ${message}`);
  process.exitCode = 2;
}
