import { builtPage } from '../scripts/page.mjs';
import { expect, type Playground, test } from './playground.ts';
import { serveFolder } from './staticServer.ts';

const told = 'kept by the policy from';
const tell = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('${told}', violatedDirective, blockedURI));\n`;

/** Has the page and its Worker say on the console what the policy kept them from: `problems` has it then. */
async function tellViolations({ page }: Playground, extra = ''): Promise<void> {
  await page.addInitScript(tell);
  await page.route(/\/assets\/worker-.*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: tell + extra + (await response.text()) });
  });
}

for (const engine of ['webgpu', 'wasm', 'tfjs-webgpu', 'tfjs-wasm', 'tfjs-webgl', 'tfjs-cpu'])
  test(`${engine} trains, measures and exports with nothing against the policy`, async ({ playground }) => {
    await tellViolations(playground);
    await playground.open(`?preset=tiny&engine=${engine}`);
    await expect(playground.engine).toHaveAttribute('data-engine', engine);
    await playground.singleSteps(2);
    await playground.exportWeights();
    expect(playground.problems).toEqual([]);
  });

test('threads of wasm, Workers from blobs, are not against the policy', async ({ playground }) => {
  await tellViolations(
    playground,
    "Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 });\n",
  );
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  await expect(playground.engine).toContainText('2 threads');
  await playground.singleSteps(2);
  expect(playground.problems).toEqual([]);
});

/** What a script that got in might try: code made from text, and talking to another server. */
const attempts = `
  const tried = [];
  const asked = new Promise((done) => setTimeout(() => {
    try { new Function('return 1')(); tried.push('code from text'); } catch {}
    fetch('http://localhost:9/').then(() => tried.push('another server'), () => {}).then(done);
  }));
`;

test('the policy holds on a host that sends no headers, as the page has it too', async ({ playground }) => {
  const { page, problems } = playground;
  const server = await serveFolder(await builtPage(), '/');
  try {
    await page.addInitScript(tell);
    await page.goto(server.address);
    const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
    const content = (await policy.getAttribute('content')) ?? '';
    expect(content).toContain("default-src 'none'");
    expect(content).not.toMatch(/'unsafe-eval'|https?:/);
    expect(await page.locator('script:not([src])').count()).toBe(0);
    const outcome = await page.evaluate(`(async () => { ${attempts} await asked; return tried; })()`);
    expect(outcome).toEqual([]);
    const script = await page.evaluate(() => {
      const element = document.createElement('script');
      element.textContent = 'document.title = "changed"';
      document.head.append(element);
      return document.title;
    });
    expect(script).not.toBe('changed');
    expect(problems.filter((text) => text.startsWith(told)).map((text) => text.split(' ')[5])).toEqual([
      'script-src',
      'connect-src',
      'script-src-elem',
    ]);
    problems.length = 0;
  } finally {
    await page.close();
    await server.close();
  }
});

test('our own server holds the Worker to it too, and its types are taken as they are', async ({
  playground,
}) => {
  const { page, problems } = playground;
  const headers: Record<string, string>[] = [];
  page.on('response', (response) => headers.push(response.headers()));
  await tellViolations(playground, `{ ${attempts} asked.then(() => console.error('tried:', ...tried)); }\n`);
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  await expect.poll(() => problems).toContain('tried:');
  expect(problems.filter((text) => text.startsWith(told))).toHaveLength(2);
  problems.length = 0;
  expect(headers.length).toBeGreaterThan(3);
  for (const header of headers) expect(header['x-content-type-options']).toBe('nosniff');
});

test('the licences of all that the page is made of lie beside it', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  const [opened] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: 'Licences' }).click(),
  ]);
  for (const name of ['react', '@tensorflow/tfjs-core', '@mantine/core', 'katex', 'zod'])
    await expect(opened.getByText(`\n${name} `)).toHaveCount(1);
});
