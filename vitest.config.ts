import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { mainFields: ['module', 'main'] },
  test: {
    include: ['src/**/*.test.ts', 'cli/**/*.test.ts', 'scripts/**/*.test.ts'],
    testTimeout: 60_000,
    // Node's builds of tfjs come without gradients; these are the ones that browsers get.
    server: { deps: { inline: [/@tensorflow\/tfjs/] } },
  },
});
