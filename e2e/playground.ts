import { readFileSync } from 'node:fs';
import { test as base, type Download, expect, type Locator, type Page } from '@playwright/test';
import { readSafetensors, type SafetensorsFile } from '../src/files/safetensors.ts';

/** The page as a person meets it: by the names of its controls. */
export class Playground {
  readonly page: Page;
  /** Errors that the page threw or wrote to its console. */
  readonly problems: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.problems.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  get gammaSlider(): Locator {
    return this.page.getByRole('slider', { name: 'gamma', exact: true });
  }

  get gammaBox(): Locator {
    return this.page.getByRole('textbox', { name: 'gamma value' });
  }

  /** Marks of gamma's changes in the chart of total correlation. */
  get gammaMarks(): Locator {
    return this.chart('totalCorrelation').getByTestId('gamma-mark');
  }

  get engine(): Locator {
    return this.page.getByTestId('engine');
  }

  chart(metric: string): Locator {
    return this.page.getByTestId(`chart-${metric}`);
  }

  /** The sentence about what trains here. */
  get machineNote(): Locator {
    return this.page.getByTestId('machine-note');
  }

  /** Opens what stands behind it. */
  async machineReasons(): Promise<Locator> {
    await this.machineNote.getByRole('button', { name: 'Why?' }).click();
    const reasons = this.page.getByRole('dialog', { name: 'Why it trains so' });
    await expect(reasons).toBeVisible();
    return reasons;
  }

  banner(name: string): Locator {
    return this.page.getByTestId(`banner-${name}`);
  }

  /** Opens the page, without the first visit's hint, and waits until it is ready to train. */
  async open(query: string): Promise<void> {
    await this.page.addInitScript(() => localStorage.setItem('factorvae-hint', 'seen'));
    await this.page.goto(`./${query}`);
    await this.ready();
  }

  async ready(): Promise<void> {
    await expect(this.button('Run')).toBeEnabled({ timeout: 60_000 });
    // Panels come one by one; those of a view that is out of sight wait until it is shown.
    if (/#(?!train)/.test(this.page.url())) return;
    await expect(this.page.getByTestId('workbench')).toHaveAttribute('data-whole');
  }

  async phase(): Promise<string | null> {
    return this.page.getByTestId('step-count').getAttribute('data-phase');
  }

  /** Steps done. */
  async step(): Promise<number> {
    return Number(await this.page.getByTestId('step-count').getAttribute('data-step'));
  }

  async waitForStep(step: number): Promise<void> {
    await expect.poll(() => this.step(), { timeout: 60_000 }).toBeGreaterThanOrEqual(step);
  }

  async play(): Promise<void> {
    await this.button('Run').click();
  }

  /** Pauses; resolves with the step at which it stopped. */
  async pause(): Promise<number> {
    await this.button('Pause').click();
    await expect(this.button('Run')).toBeEnabled();
    return this.step();
  }

  async singleSteps(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const before = await this.step();
      await this.button('Step').click();
      await expect.poll(() => this.step()).toBe(before + 1);
      await expect(this.button('Step')).toBeEnabled();
    }
  }

  /** Gamma as the page shows it. */
  async gamma(): Promise<number> {
    return Number(await this.gammaBox.inputValue());
  }

  /** The curve's points, as its path has them. */
  async curvePoints(metric: string): Promise<number> {
    const [path = ''] = await this.chart(metric)
      .getByTestId('curve')
      .evaluateAll((paths) => paths.map((path) => path.getAttribute('d') ?? ''));
    return path.split(/[ML]/).length - 1;
  }

  /** Saves the weights through the page's dialog. */
  async exportWeights(): Promise<ExportedWeights> {
    await this.button('Export').click();
    const dialog = this.page.getByRole('dialog', { name: 'Export weights' });
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download .safetensors' }).click(),
    ]);
    await this.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    return readExport(download);
  }
}

/** Labels of charts' axes of values that stick out of their chart. */
export function clippedLabels(charts: Locator): Promise<string[]> {
  return charts
    .locator('svg:has(.recharts-yAxis-tick-labels)')
    .evaluateAll((plots) =>
      plots.flatMap((plot) =>
        [...plot.querySelectorAll('.recharts-yAxis-tick-labels text')]
          .filter((label) => label.getBoundingClientRect().left < plot.getBoundingClientRect().left)
          .map((label) => label.textContent),
      ),
    );
}

export interface ExportedWeights {
  readonly name: string;
  readonly bytes: Buffer;
  readonly file: SafetensorsFile;
}

async function readExport(download: Download): Promise<ExportedWeights> {
  const bytes = readFileSync(await download.path());
  return { name: download.suggestedFilename(), bytes, file: readSafetensors(bytes) };
}

/** Tests of the page; each ends by asking that the page made no error. */
export const test = base.extend<{ playground: Playground }>({
  playground: async ({ page }, use) => {
    const playground = new Playground(page);
    await use(playground);
    expect(playground.problems).toEqual([]);
  },
});
export { expect };
