// npm run evidence -- SWEEP [DIR [BESIDE...]]: gathers the records of a sweep that `npm run train` wrote below the
// folder SWEEP into DIR (docs/evidence/comparison), and draws their picture with the app's own Compare view; where
// some have no reconstruction, a picture of each score's spread. Without SWEEP it draws what DIR holds. BESIDE: how
// the paths of records begin that stand elsewhere and are shown along with those of DIR. Prints a table, a row a
// setting: means over its seeds, range, median and quartiles of scores; then tests of each objective against each
// other. Of runs without scores, on images whose factors nobody knows, the table has the losses, and the picture is of
// traversals side by side.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { namedGroups } from '../src/record/namedGroups.ts';
import { tradeOff } from '../src/record/results.ts';
import { parseRunRecord, type RunRecord, runRecordJson } from '../src/record/runRecord.ts';
import { root } from './process.mjs';
import { byObjective, scoredTable, scoredTests } from './scoredEvidence.ts';
import { openServedPage } from './servedPage.ts';
import { spreadPicture } from './spreadPicture.ts';
import { traversalsSideBySide, unlabelledTable } from './unlabelledEvidence.ts';

const [sweep, folder = 'docs/evidence/comparison', ...beside] = process.argv.slice(2);
const dir = resolve(root, folder);
await mkdir(dir, { recursive: true });
if (sweep) await gather(resolve(sweep));
const records = await readRecords();
const groups = byObjective(namedGroups(records));
if (records.some(({ evaluations }) => evaluations.length > 0)) await scored();
else await unlabelled();

async function scored(): Promise<void> {
  console.log(`${scoredTable(groups)}\n\n${scoredTests(groups)}`);
  if (records.every((record) => tradeOff(record))) await draw();
  else {
    await writeFile(join(dir, 'spread.svg'), spreadPicture(groups));
    console.log(join(folder, 'spread.svg'));
  }
}

/** Runs on images whose factors nobody knows have no scores: they are looked at, as the paper does. */
async function unlabelled(): Promise<void> {
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

/** Paths of the records whose path begins so. */
async function recordsAt(start: string): Promise<string[]> {
  const within = start.endsWith(sep) ? start : dirname(start);
  const paths = (await readdir(within)).map((file) => join(within, file));
  return paths.filter((path) => path.startsWith(start) && path.endsWith('.json')).sort();
}

async function readRecords(): Promise<RunRecord[]> {
  const paths = await Promise.all(
    [join(dir, sep), ...beside.map((start) => resolve(root, start))].map(recordsAt),
  );
  return Promise.all(
    paths.flat().map(async (path) => parseRunRecord(await readFile(path, 'utf8'), basename(path))),
  );
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
