// npm run evidence -- SWEEP [DIR]: gathers the records of a sweep that `npm run train` wrote below the folder
// SWEEP into DIR (docs/evidence/comparison), and draws their picture with the app's own Compare view. Without
// SWEEP it draws what DIR holds. Prints a table, a row a setting: means over its seeds, the metric's range, median
// and quartiles; then tests of each FactorVAE against each beta-VAE. Of runs without scores, on images whose
// factors nobody knows, the table has the losses, and the picture is of traversals side by side.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { factorSizes } from '../src/data/dataset.ts';
import { factorsOf } from '../src/data/datasets.ts';
import { ownedFactors } from '../src/metrics/ownLatents.ts';
import { type NamedGroup, namedGroups } from '../src/record/namedGroups.ts';
import { tradeOff } from '../src/record/results.ts';
import { parseRunRecord, type RunRecord, runRecordJson } from '../src/record/runRecord.ts';
import { root } from './process.mjs';
import { openServedPage } from './servedPage.ts';
import { holm, quantile, rankTest } from './significance.ts';
import { lastOf, markdown, mean } from './tables.ts';
import { traversalsSideBySide, unlabelledTable } from './unlabelledEvidence.ts';

const [sweep, folder = 'docs/evidence/comparison'] = process.argv.slice(2);
const dir = resolve(root, folder);
await mkdir(dir, { recursive: true });
if (sweep) await gather(resolve(sweep));
const records = await readRecords();
const groups = namedGroups(records);
if (records.some(({ evaluations }) => evaluations.length > 0)) await scored(groups.map(measured));
else await unlabelled(groups);

async function scored(groups: readonly Group[]): Promise<void> {
  console.log(`${table(groups)}\n\n${tests(groups)}`);
  await draw();
}

/** Runs on images whose factors nobody knows have no scores: they are looked at, as the paper does. */
async function unlabelled(groups: readonly NamedGroup[]): Promise<void> {
  console.log(unlabelledTable(groups));
  await writeFile(join(dir, 'traversals.png'), traversalsSideBySide(groups));
  console.log(join(folder, 'traversals.png'));
}

/** Copies every finished run.json below a folder, by the names of the folders that it lies in. */
async function gather(from: string): Promise<void> {
  const entries = await readdir(from, { recursive: true });
  for (const entry of entries.filter((path) => basename(path) === 'run.json').sort()) {
    const record = parseRunRecord(await readFile(join(from, entry), 'utf8'), entry);
    if (record.outcome === 'stopped') {
      console.warn(`${entry} is left out: it stopped at step ${record.steps} and can go on.`);
      continue;
    }
    const folders = dirname(entry);
    const name = folders === '.' ? basename(from) : folders.split(sep).join('_');
    await writeFile(join(dir, `${name}.json`), runRecordJson(record));
  }
}

async function readRecords(): Promise<RunRecord[]> {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => parseRunRecord(await readFile(join(dir, file), 'utf8'), file)),
  );
}

interface Group extends NamedGroup {
  /** The FactorVAE metric, fitted, of each run's last evaluation. */
  readonly metric: readonly number[];
}

function measured(group: NamedGroup): Group {
  const last = group.runs.flatMap(({ evaluations }) => evaluations.slice(-1));
  return { ...group, metric: last.map(({ factorVae }) => factorVae.fitted) };
}

function table(groups: readonly Group[]): string {
  const rows = groups.map(({ name, runs, metric }) => {
    const evaluations = runs.flatMap(({ evaluations }) => evaluations.slice(-1));
    const quartiles = [0.25, 0.75].map((share) => quantile(metric, share).toFixed(2)).join(' to ');
    return [
      name,
      runs.map(({ config }) => config.seed).join(' '),
      mean(runs.map((run) => tradeOff(run)?.reconstruction ?? Number.NaN)).toFixed(1),
      mean(runs.map((run) => lastOf(run, 'kl'))).toFixed(1),
      `${mean(metric).toFixed(3)} (${Math.min(...metric).toFixed(2)}-${Math.max(...metric).toFixed(2)})`,
      `${quantile(metric, 0.5).toFixed(3)} (${quartiles})`,
      mean(evaluations.map(({ factorVae }) => factorVae.heldOut)).toFixed(3),
      mean(evaluations.map(({ higgins }) => higgins.heldOut)).toFixed(3),
      mean(evaluations.map(({ mig }) => mig)).toFixed(3),
      mean(evaluations.map(({ dci }) => dci.disentanglement)).toFixed(3),
      runs.map(ownLatents).join(' '),
    ];
  });
  const head = ['run', 'seeds', 'reconstruction', 'KL', 'metric', 'median (quartiles)'];
  return markdown([...head, 'fresh votes', 'Higgins', 'MIG', 'DCI', 'own latents'], rows);
}

/**
 * How many factors have a latent of their own at a run's last evaluation. Records do not hold own images' factors.
 */
function ownLatents({ config, evaluations }: RunRecord): number | string {
  const last = evaluations.at(-1);
  if (config.dataset === 'own') return '-';
  return last ? ownedFactors(last.mutualInformation, factorSizes(factorsOf(config))).length : 0;
}

/** Each FactorVAE against each beta-VAE by the metric: Mann-Whitney, exact and two-sided, corrected by Holm. */
function tests(groups: readonly Group[]): string {
  const rivals = groups.filter(({ objective }) => objective === 'betaVae');
  const pairs = groups
    .filter(({ objective }) => objective === 'factorVae')
    .flatMap((ours) => rivals.map((rival) => ({ ours, rival, test: rankTest(ours.metric, rival.metric) })));
  const corrected = holm(pairs.map(({ test }) => test.p));
  const rows = pairs.map(({ ours, rival, test }, i) => [
    ours.name,
    rival.name,
    test.superiority.toFixed(2),
    test.p.toPrecision(2),
    corrected[i].toPrecision(2),
  ]);
  return markdown(['run', 'against', 'share of pairs in which it is better', 'p', 'p by Holm'], rows);
}

/** The picture of the Compare view, as its own button saves it. */
async function draw(): Promise<void> {
  const { page, address, close } = await openServedPage({ width: 1440, height: 1200, colorScheme: 'light' });
  try {
    await page.addInitScript(() => localStorage.setItem('factorvae-hint', 'seen'));
    await page.goto(`${address}?preset=tiny&engine=tfjs-wasm#compare`);
    const files = (await readdir(dir)).filter((file) => file.endsWith('.json'));
    await page.getByTestId('import-files').setInputFiles(files.map((file) => join(dir, file)));
    await page
      .getByTestId('scatter-point')
      .nth(files.length - 1)
      .waitFor({ timeout: 60_000 });
    const button = page.getByRole('button', { name: /^Save FactorVAE metric against reconstruction as PNG/ });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    await download.saveAs(join(dir, 'reconstruction-metric.png'));
    console.log(join(folder, 'reconstruction-metric.png'));
  } finally {
    await close();
  }
}
