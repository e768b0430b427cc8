import { liveSettingsOf } from '../../config/schema.ts';
import type { Family } from '../family.ts';
import { infoWganGpColumns } from './columns.ts';
import { infoWganGpConfig } from './config.ts';
import { infoWganGpCan, infoWganGpModel, infoWganGpValues } from './model.ts';
import { infoWganGpLayers } from './networks.ts';

/** InfoWGAN-GP: a generator, and a critic with Q on its trunk. */
export const infoWganGp: Family = {
  can: (config) => infoWganGpCan(infoWganGpConfig(config)),
  layers: (config) => {
    const { generator, trunk, value, inference } = infoWganGpLayers(infoWganGpConfig(config));
    return [...generator, ...trunk, value, ...inference];
  },
  columns: (config) => infoWganGpColumns(infoWganGpConfig(config)),
  model: (config) => ({
    ...infoWganGpModel(infoWganGpConfig(config)),
    config,
    live: liveSettingsOf(config),
    valuesAt: infoWganGpValues,
  }),
  definition: async ({ config, plan }) => {
    const { infoWganGpDefinition } = await import('./tfjs/definition.ts');
    return infoWganGpDefinition({ config: infoWganGpConfig(config), plan });
  },
};
