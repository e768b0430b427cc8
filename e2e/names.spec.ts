import { groupedDigits } from '../src/locale/groupedDigits.ts';
import { expect, type Playground, test } from './playground.ts';

function traversalsOf({ page }: Playground) {
  const body = page.getByTestId('traversals');
  return {
    verdict: page.getByTestId('verdict'),
    picture: body.locator('canvas').first(),
    row: (latent: number) => page.getByTestId(`traversal-z${latent}`),
    order: () =>
      body.getByRole('listitem').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-testid'))),
    sort: page.getByRole('button', { name: 'Sort rows by KL' }),
  };
}

test('rows name themselves while it trains, the verdict says the same, and no row moves', async ({
  playground,
}) => {
  await playground.open('?preset=tiny&engine=wasm&gamma=6&seed=1');
  const { verdict, picture, row, order } = traversalsOf(playground);
  await expect(verdict).toHaveText('Rows get names once the model trains.');
  const inOrder = ['traversal-z0', 'traversal-z1', 'traversal-z2', 'traversal-z3'];
  expect(await order()).toEqual(inOrder);
  // The trained models above make room once a run begins, so from the verdict's top.
  const top = async () =>
    ((await picture.boundingBox())?.y ?? Number.NaN) - ((await verdict.boundingBox())?.y ?? Number.NaN);
  const before = await top();

  await playground.play();
  await expect(verdict).toContainText(/z\d (is|partly knows|mixes) /, { timeout: 90_000 });
  expect(await playground.phase()).toBe('running');
  expect(await order()).toEqual(inOrder);
  const stopped = await playground.pause();
  // Where it stops, names are those of that very step.
  await expect(verdict).toHaveAttribute('data-step', String(stopped));
  await expect(verdict).toContainText(`Step ${groupedDigits(String(stopped))}:`);

  // Rows, alternative text and verdict agree.
  const texts = await Promise.all([0, 1, 2, 3].map((latent) => row(latent).innerText()));
  const named = texts.flatMap((text, latent) => {
    const [, factor, share] = /(\S.*) \((\d+)%\)/.exec(text) ?? [];
    return factor ? [{ latent, factor, share: Number(share) }] : [];
  });
  expect(named.length).toBeGreaterThan(0);
  const said = await verdict.innerText();
  for (const { latent, factor, share } of named) {
    expect(share).toBeGreaterThanOrEqual(15);
    expect(share).toBeLessThanOrEqual(100);
    expect(said).toContain(factor);
    await expect(picture).toHaveAttribute('aria-label', new RegExp(`z${latent} ${factor} \\(${share}%\\)`));
  }
  // What was said before training took up the same room.
  expect(await top()).toBe(before);

  await playground.button('Reset').click();
  await playground.page.getByRole('dialog').getByRole('button').last().click();
  await expect(verdict).toHaveText('Rows get names once the model trains.');
});

test('rows are sorted when a person asks, and then stand still again', async ({ playground }) => {
  await playground.open('?preset=tiny&engine=wasm');
  const { order, sort } = traversalsOf(playground);
  await playground.play();
  await playground.waitForStep(400);
  await playground.pause();
  const bars = await playground.page
    .getByTestId('traversals')
    .getByRole('listitem')
    .evaluateAll((rows) =>
      rows.map((row) =>
        Number.parseFloat(/([\d.]+) nats/.exec(row instanceof HTMLElement ? row.innerText : '')?.[1] ?? '0'),
      ),
    );
  await sort.click();
  await expect(sort).toHaveAttribute('aria-pressed', 'true');
  const sorted = (await order()).map((id) => bars[Number(id?.at(-1))]);
  expect(sorted).toEqual([...sorted].sort((a, b) => b - a));
  const before = await order();
  await playground.play();
  await playground.waitForStep(900);
  expect(await order()).toEqual(before);
  await sort.click();
  expect(await order()).toEqual(['traversal-z0', 'traversal-z1', 'traversal-z2', 'traversal-z3']);
});
