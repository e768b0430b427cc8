// npm run bench:page -- [--preset tiny] [--engine wasm] [--seconds 30] [--one-thread]: is the page smooth while
// it trains? Tasks over 50 ms on the page's thread (Long Tasks API), counted from the press of Run, and steps a
// second. With `--one-thread` the page comes without the headers that let it share memory. Exits with 1 if there
// is a long task.
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openServedPage } from '../scripts/servedPage.ts';

const { values } = parseArgs({
  options: {
    preset: { type: 'string', default: 'tiny' },
    engine: { type: 'string', default: 'wasm' },
    seconds: { type: 'string', default: '30' },
    'one-thread': { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
if (!(seconds > 0)) throw new Error(`Seconds to measure must be a positive number, not "${values.seconds}".`);

const shownTasks = 5;
const [load] = loadavg();
const busy = load > availableParallelism() / 2;

const { page, address, close } = await openServedPage({ width: 1440, height: 900 });
try {
  if (values['one-thread'])
    await page.route('**/*', async (route) => {
      const response = await route.fetch();
      const { 'cross-origin-opener-policy': _, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
  await page.goto(`${address}?preset=${values.preset}&engine=${values.engine}`);
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await run.waitFor();
  // What opening the page cost is not asked here.
  await page.waitForTimeout(2000);

  // Gathered in the page: nothing of this program disturbs it while it trains.
  const gathered = await page.evaluateHandle(() => {
    const start = performance.now();
    const tasks: { readonly second: number; readonly length: number }[] = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        tasks.push({ second: (startTime - start) / 1000, length: duration });
    }).observe({ type: 'longtask' });
    return tasks;
  });
  const counter = page.getByTestId('step-count');
  await run.click();
  const start = performance.now();
  await page.waitForTimeout(seconds * 1000);
  const steps = Number(await counter.getAttribute('data-step'));
  const engine = await page.getByTestId('engine').innerText();
  const milliseconds = performance.now() - start;
  // Entries arrive some time after their tasks.
  await page.waitForTimeout(500);
  const longTasks = await gathered.jsonValue();

  const longest = longTasks.toSorted((a, b) => b.length - a.length).slice(0, shownTasks);
  const list = longest.map(({ second, length }) => `${length.toFixed(0)} ms at ${second.toFixed(1)} s`);
  console.log(
    `tasks over 50 ms on the page's thread: ${longTasks.length}${list.length > 0 ? `; longest ${list.join(', ')}` : ''}`,
  );
  console.log(
    `${steps} steps in ${(milliseconds / 1000).toFixed(1)} s, ${((steps * 1000) / milliseconds).toFixed(1)} steps/s on ${engine}`,
  );
  if (busy)
    console.log(
      `This machine was busy before (load ${load.toFixed(1)} on ${availableParallelism()} cores): tasks that wait for a core count as long.`,
    );
  if (steps === 0) console.error('No step was done: this measured an idle page.');
  process.exitCode = longTasks.length > 0 || steps === 0 ? 1 : 0;
} finally {
  await close();
}
