import { chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { ensureBrowser, offlineFlags, softwareWebGpuFlags } from './browser.mjs';
import { builtPage, viteOptions } from './page.mjs';

export interface ServedPage {
  /** A page of a real browser, nothing opened in it yet. */
  readonly page: Page;
  /** The address of the built site, with a slash at its end. */
  readonly address: string;
  close(): Promise<void>;
}

export interface ServedPageOptions {
  readonly width: number;
  readonly height: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** Serves the built page as `npm start` does and starts a browser beside it. */
export async function openServedPage({ width, height, colorScheme }: ServedPageOptions): Promise<ServedPage> {
  const build = { outDir: await builtPage() };
  const server = await preview({ ...viteOptions, build, logLevel: 'warn', preview: { port: 4800 } });
  const [address] = server.resolvedUrls?.local ?? [];
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: [...offlineFlags, ...softwareWebGpuFlags],
  });
  const context = await browser.newContext({
    viewport: { width, height },
    ...(colorScheme ? { colorScheme } : {}),
  });
  return {
    page: await context.newPage(),
    address,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
