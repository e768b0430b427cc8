// npm run lighthouse [-- RUNS]: what Lighthouse says of the built page, on its desktop and its phone profile: the
// median of so many runs (5) of each score, and what cost points in the median one. Ends with 1 where a score is
// below 95. npx fetches Lighthouse; a busy machine costs points.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ensureBrowser } from './browser.mjs';
import { serveCompressed } from './compressedServer.ts';
import { builtPage } from './page.mjs';
import { run } from './process.mjs';

/** The last one that Node 20 takes. */
const lighthouse = 'lighthouse@12.8.2';
const least = 95;
const profiles = { desktop: ['--preset=desktop'], phone: [] } as const;
const categories = ['performance', 'accessibility', 'best-practices'] as const;
const attempts = 3;
const runs = Number(process.argv[2] ?? 5);
if (!(runs >= 1)) throw new Error(`The number of runs must be 1 or more, not "${process.argv[2]}".`);

const reportSchema = z.object({
  categories: z.object(
    Object.fromEntries(
      categories.map((name) => [
        name,
        z.object({
          score: z.number(),
          auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
        }),
      ]),
    ),
  ),
  audits: z.record(
    z.string(),
    z.object({
      title: z.string(),
      score: z.number().nullable(),
      displayValue: z.string().optional(),
    }),
  ),
});
type Report = z.infer<typeof reportSchema>;

const browser = await ensureBrowser();
const server = await serveCompressed(await builtPage());
const folder = await mkdtemp(join(tmpdir(), 'lighthouse-'));
const path = join(folder, 'report.json');
try {
  for (const [profile, options] of Object.entries(profiles)) {
    const reports: Report[] = [];
    for (let i = 0; i < runs; i++) reports.push(await report(options));
    for (const category of categories) {
      const sorted = reports.toSorted((a, b) => scoreOf(a, category) - scoreOf(b, category));
      const median = sorted[Math.floor((runs - 1) / 2)];
      const scores = sorted.map((one) => scoreOf(one, category)).join(' ');
      console.log(`${profile}: ${category} ${scoreOf(median, category)} (${scores})`);
      for (const line of costs(median, category)) console.log(`  ${line}`);
      if (scoreOf(median, category) < least) process.exitCode = 1;
    }
  }
} finally {
  server.close();
  await rm(folder, { recursive: true });
}

/** Lighthouse misses the start of the page now and then. @throws Error where it does so again and again. */
async function report(options: readonly string[]): Promise<Report> {
  for (let attempt = 1; ; attempt++) {
    const code = await look(options);
    if (code === 0) return reportSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    if (attempt === attempts) throw new Error(`Lighthouse ended with ${code}`);
  }
}

function look(options: readonly string[]): Promise<number> {
  return run(
    'npx',
    [
      '--yes',
      lighthouse,
      server.address,
      ...options,
      '--quiet',
      '--output=json',
      `--output-path=${path}`,
      `--only-categories=${categories.join(',')}`,
      '--chrome-flags=--headless=new --no-sandbox --disable-background-networking',
    ],
    { env: { CHROME_PATH: browser }, limitSeconds: 240 },
  );
}

function scoreOf(report: Report, category: string): number {
  return Math.round(100 * report.categories[category].score);
}

/** What a person would want to know of what is not at its best, the heaviest first. */
function costs({ categories: all, audits }: Report, category: string): string[] {
  return all[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ id }) => `${audits[id].title}: ${audits[id].displayValue ?? 'failed'} (${audits[id].score})`);
}
