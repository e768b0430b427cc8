import { decode, encode } from 'fast-png';
import { activeByKl } from '../src/metrics/activeLatents.ts';
import type { Picture } from '../src/model/pictures.ts';
import { tiled } from '../src/model/tiled.ts';
import { keptTiling } from '../src/record/keptPicture.ts';
import type { NamedGroup } from '../src/record/namedGroups.ts';
import type { RunRecord } from '../src/record/runRecord.ts';
import { lastOf, markdown, mean } from './tables.ts';

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
 * Traversals side by side as a PNG, a block a setting, in the order of the table: the run of the first seed, a row
 * a latent, those of the largest KL first.
 * @throws Error where a run keeps no traversals
 */
export function traversalsSideBySide(groups: readonly NamedGroup[]): Uint8Array {
  const blocks = groups.map(({ runs: [run] }) => tiled(rowsOf(run), { scale: 1, gap: 1 }));
  const { width, height, pixels } = tiled([blocks], { scale: 2, gap: 12 });
  return encode({ width, height, data: new Uint8Array(pixels.buffer), channels: 4 });
}

/** The traversals of each latent shown as one picture, cut out of what the record keeps: rows of one picture. */
function rowsOf(run: RunRecord): Picture[][] {
  if (!run.traversals) throw new Error(`${run.name} keeps no traversals`);
  const { width, data } = decode(Buffer.from(run.traversals.png, 'base64'));
  const height = run.config.imageSize;
  return shownLatentsOf(run).map((latent) => {
    const top = keptTiling.gap + latent * (height + keptTiling.gap);
    const pixels = Uint8ClampedArray.from(data.subarray(top * width * 4, (top + height) * width * 4));
    return [{ width, height, pixels }];
  });
}

/** Those of the largest KL, in its order. */
function shownLatentsOf(run: RunRecord): number[] {
  const kl = latentKl(run);
  return [...kl.keys()].sort((a, b) => kl[b] - kl[a]).slice(0, shownLatents);
}

const latentKl = (run: RunRecord): number[] =>
  Array.from({ length: run.config.latents }, (_, latent) => lastOf(run, `klLatent${latent}`));
