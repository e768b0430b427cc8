import { presets } from '../config/presets.ts';
import type { RunConfig } from '../config/schema.ts';

/** A run whose steps take no time worth mentioning, for tests. */
export const smallRun: RunConfig = {
  ...presets.tiny,
  convWidths: [4, 4],
  denseWidth: 8,
  latents: 3,
  discriminatorWidth: 8,
  discriminatorDepth: 1,
  batchSize: 4,
};
