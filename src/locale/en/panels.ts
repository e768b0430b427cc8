import type { PanelName } from '../../config/panels.ts';

/** Panels as their heads call them. */
export const panelTitles: Readonly<Record<PanelName, string>> = {
  models: 'Trained models',
  objective: 'Objective',
  newrun: 'New run',
  traversals: 'Latent traversals',
  reconstructions: 'Reconstructions',
  disentanglement: 'Disentanglement',
  correlation: 'See total correlation',
  alignment: 'Independence is not alignment',
  play: 'Play',
  curves: 'Curves',
};
