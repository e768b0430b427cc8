import { decode, encode } from 'fast-png';
import { activeByKl } from '../src/metrics/activeLatents.ts';
import type { Picture } from '../src/model/pictures.ts';
import { tiled } from '../src/model/tiled.ts';
import { keptTiling } from '../src/record/keptPicture.ts';
import type { NamedGroup } from '../src/record/namedGroups.ts';
import { meanUpTo } from '../src/record/results.ts';
import type { RunRecord } from '../src/record/runRecord.ts';
import { markdown, mean } from './tables.ts';

/** Rows of a picture: the latents that say most. */
const shownLatents = 6;

/** A row a setting, of runs whose images have no known factors; nats, means over the seeds at the last step. */
export function unlabelledTable(groups: readonly NamedGroup[]): string {
  const rows = groups.map(({ name, runs }) => {
    const correlations = runs.map((run) => lastOf(run, 'totalCorrelation'));
    const active = runs.map((run) => activeByKl(Float64Array.from(latentKl(run))).filter(Boolean).length);
    return [
      name,
      runs.map(({ config }) => config.seed).join(' '),
      mean(runs.map((run) => lastOf(run, 'reconstruction'))).toFixed(1),
      mean(runs.map((run) => lastOf(run, 'kl'))).toFixed(1),
      `${mean(correlations).toFixed(2)} (${correlations.map((value) => value.toFixed(2)).join(' ')})`,
      active.join(' '),
    ];
  });
  const head = [
    'run',
    'seeds',
    'reconstruction',
    'KL',
    'total correlation by D (each seed)',
    'latents in use',
  ];
  return markdown(head, rows);
}

/**
 * Traversals side by side as a PNG, a block a setting, in the order of the table: the run of the first seed, a row a
 * latent, those of the largest KL first.
 * @throws Error where a run keeps no traversals
 */
export function traversalsSideBySide(groups: readonly NamedGroup[]): Uint8Array {
  const blocks = groups.map(({ runs: [run] }) => tiled(rowsOf(run), { scale: 1, gap: 1 }));
  const { width, height, pixels } = tiled([blocks], { scale: 2, gap: 12 });
  return encode({ width, height, data: new Uint8Array(pixels.buffer), channels: 4 });
}

/** Rows of traversals, [latents shown][steps along a latent]. */
function rowsOf(run: RunRecord): Picture[][] {
  if (!run.traversals) throw new Error(`${run.name} keeps no traversals`);
  const { width, data, channels } = decode(Buffer.from(run.traversals.png, 'base64'));
  const side = run.config.imageSize;
  const stride = side + keptTiling.gap;
  const tile = (row: number, column: number): Picture => {
    const pixels = new Uint8ClampedArray(side * side * 4);
    for (let i = 0; i < side * side; i++) {
      const x = keptTiling.gap + column * stride + (i % side);
      const y = keptTiling.gap + row * stride + Math.floor(i / side);
      pixels.set(data.subarray((y * width + x) * channels, (y * width + x) * channels + 4), i * 4);
    }
    return { width: side, height: side, pixels };
  };
  const columns = Math.floor(width / stride);
  return orderByKl(run).map((latent) => Array.from({ length: columns }, (_, column) => tile(latent, column)));
}

function orderByKl(run: RunRecord): number[] {
  const kl = latentKl(run);
  return [...kl.keys()].sort((a, b) => kl[b] - kl[a]).slice(0, shownLatents);
}

const latentKl = (run: RunRecord): number[] =>
  Array.from({ length: run.config.latents }, (_, latent) => lastOf(run, `klLatent${latent}`));

/** The mean of a curve over the last steps; NaN for a curve that the run does not have. */
function lastOf({ history, steps }: RunRecord, column: string): number {
  return meanUpTo(history[column], steps) ?? Number.NaN;
}
