import { expect, type Playground } from './playground.ts';

export type Side = 'A' | 'B';

/** Two runs side by side as a person meets them. */
export function sidesOf(playground: Playground) {
  const { page } = playground;
  const own = (side: Side) => page.getByTestId(`own-${side}`);
  const state = (side: Side) => own(side).getByTestId('side-step');
  const step = async (side: Side) => Number(await state(side).getAttribute('data-step'));
  return {
    own,
    step,
    /** The step of both, which must be one. */
    async bothAt(expected: number) {
      await expect(state('A')).toHaveAttribute('data-step', String(expected));
      await expect(state('B')).toHaveAttribute('data-step', String(expected));
    },
    gamma: (side: Side) => page.getByRole('textbox', { name: `gamma value, ${side}` }),
    legend: (side: Side) => page.getByTestId(`legend-${side}`),
    view: page.getByTestId('side-by-side'),
    /** Points of a side's curve of a metric, as its path has them. */
    async points(metric: string, side: Side): Promise<number> {
      const curve = page
        .getByTestId('side-by-side')
        .getByTestId(`chart-${metric}`)
        .getByTestId(`curve-${side}`);
      const [path = ''] = await curve
        .getByTestId('curve')
        .evaluateAll((paths) => paths.map((element) => element.getAttribute('d') ?? ''));
      return path.split(/[ML]/).length - 1;
    },
    show: (name: string) =>
      page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name }).click(),
    goOnAlone: (side: Side) =>
      own(side)
        .getByRole('button', { name: `Continue with ${side} only` })
        .click(),
  };
}
