// npm run bench:page [-- SECONDS]: is the page smooth while it trains? Tasks over 50 ms on the page's thread (Long Tasks
// API) during 30 s of `tiny` on the wasm backend, counted from the press of Run. Exits with 1 if there is any.
import { openServedPage } from '../scripts/servedPage.ts';

interface PageReport {
  /** Lengths in ms of the tasks over 50 ms. */
  readonly longTasks: readonly number[];
  readonly milliseconds: number;
  readonly steps: number;
}

const seconds = Number(process.argv[2] ?? 30);
if (!(seconds > 0))
  throw new Error(`Seconds to measure must be a positive number, not "${process.argv[2]}".`);

const { page, address, close } = await openServedPage({ width: 1440, height: 900 });
try {
  await page.goto(`${address}?preset=tiny&backend=wasm`);
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await run.waitFor();
  // What opening the page cost is not asked here.
  await page.waitForTimeout(2000);

  // All of the measuring happens in the page, so that nothing of this program disturbs it meanwhile.
  const report = await run.evaluate(
    (button, milliseconds) =>
      new Promise<PageReport>((done) => {
        const stepsDone = () =>
          Number(document.querySelector('[data-testid="step-count"]')?.getAttribute('data-step'));
        const longTasks: number[] = [];
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) longTasks.push(entry.duration);
        });
        observer.observe({ type: 'longtask' });
        const start = performance.now();
        const firstStep = stepsDone();
        if (button instanceof HTMLElement) button.click();
        setTimeout(() => {
          // Entries arrive some time after their tasks.
          const steps = stepsDone() - firstStep;
          const elapsed = performance.now() - start;
          setTimeout(() => done({ longTasks, milliseconds: elapsed, steps }), 500);
        }, milliseconds);
      }),
    seconds * 1000,
  );

  const { longTasks, milliseconds, steps } = report;
  const longest = longTasks.length > 0 ? `, the longest ${Math.max(...longTasks).toFixed(0)} ms` : '';
  console.log(`tasks over 50 ms on the page's thread: ${longTasks.length}${longest}`);
  console.log(
    `${steps} steps in ${(milliseconds / 1000).toFixed(1)} s, ${((steps * 1000) / milliseconds).toFixed(1)} steps/s`,
  );
  if (steps === 0) console.error('No step was done: this measured an idle page.');
  process.exitCode = longTasks.length > 0 || steps === 0 ? 1 : 0;
} finally {
  await close();
}
