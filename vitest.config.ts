import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { assembly } from './scripts/assembly.mjs';
import { cacheFolder } from './scripts/cacheFolder.mjs';

export default defineConfig({
  cacheDir: join(cacheFolder(), 'vitest'),
  plugins: [assembly()],
  resolve: { mainFields: ['module', 'main'] },
  test: {
    include: ['src/**/*.test.ts', 'cli/**/*.test.ts', 'scripts/**/*.test.ts'],
    testTimeout: 60_000,
    // Node's builds of tfjs come without gradients; these are the ones that browsers get.
    server: { deps: { inline: [/@tensorflow\/tfjs/] } },
  },
});
