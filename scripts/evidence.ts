// npm run evidence -- SWEEP [DIR]: gathers the records of a sweep that `npm run train` wrote below the folder SWEEP into
// DIR (docs/evidence/comparison), and draws their picture with the app's own Compare view. Without SWEEP it draws what
// DIR holds. Prints a table, a row a setting: means over its seeds, and the least and greatest metric.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { RunConfig } from '../src/config/schema.ts';
import { differingSettings } from '../src/record/differences.ts';
import { meanUpTo, tradeOff } from '../src/record/results.ts';
import { parseRunRecord, type RunRecord, runRecordJson } from '../src/record/runRecord.ts';
import { type SettingName, usedFields } from '../src/settings/fields.ts';
import { root } from './process.mjs';
import { openServedPage } from './servedPage.ts';

const [sweep, folder = 'docs/evidence/comparison'] = process.argv.slice(2);
const dir = resolve(root, folder);
await mkdir(dir, { recursive: true });
if (sweep) await gather(resolve(sweep));
const records = await readRecords();
console.log(table(records));
await draw();

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

function table(all: readonly RunRecord[]): string {
  // Seeds of the same settings are one row.
  const groupOf = ({ config }: RunRecord) =>
    JSON.stringify(usedFields(config).map((field) => field.name !== 'seed' && field.textOf(config)));
  const differing = new Set(differingSettings(all).map(({ setting }) => setting));
  const rows = [...new Set(all.map(groupOf))].map((group) => {
    const runs = all.filter((record) => groupOf(record) === group);
    const [{ config }] = runs;
    const evaluations = runs.flatMap(({ evaluations }) => evaluations.slice(-1));
    const metric = evaluations.map(({ factorVae }) => factorVae.fitted);
    return [
      settingsOf(config, differing),
      runs.map(({ config }) => config.seed).join(' '),
      mean(runs.map((run) => tradeOff(run)?.reconstruction ?? Number.NaN)).toFixed(1),
      mean(runs.map(({ history, steps }) => meanUpTo(history.kl, steps) ?? Number.NaN)).toFixed(1),
      `${mean(metric).toFixed(3)} (${Math.min(...metric).toFixed(2)}-${Math.max(...metric).toFixed(2)})`,
      mean(evaluations.map(({ factorVae }) => factorVae.heldOut)).toFixed(3),
      mean(evaluations.map(({ higgins }) => higgins.heldOut)).toFixed(3),
      mean(evaluations.map(({ mig }) => mig)).toFixed(3),
      mean(evaluations.map(({ dci }) => dci.disentanglement)).toFixed(3),
    ];
  });
  const head = ['run', 'seeds', 'reconstruction', 'KL', 'metric', 'fresh votes', 'Higgins', 'MIG', 'DCI'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** The objective with its weights, and what else differs from run to run: "factorVae, gamma 6, beta 0.05". */
function settingsOf(config: RunConfig, differing: ReadonlySet<SettingName>): string {
  const named = usedFields(config).filter(
    ({ name }) => name === 'gamma' || name === 'beta' || (differing.has(name) && name !== 'seed'),
  );
  const texts = named
    .filter(({ name }) => name !== 'objective')
    .map((field) => `${field.name} ${field.shownIn(config)}`);
  return [config.objective, ...texts].join(', ');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
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
