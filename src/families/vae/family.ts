import type { Family } from '../family.ts';
import { vaeColumns } from './columns.ts';
import { vaeCan, vaeModel } from './model.ts';
import { vaeLayers } from './networks.ts';

/** FactorVAE and beta-VAE: the same networks, with a discriminator or without. */
export const vae: Family = {
  can: vaeCan,
  layers: vaeLayers,
  columns: vaeColumns,
  model: vaeModel,
  definition: async ({ config, plan }) => {
    const { vaeDefinition } = await import('./tfjs/definition.ts');
    return vaeDefinition(config, plan);
  },
};
