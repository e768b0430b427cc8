import type { RunConfig } from '../config/schema.ts';
import type { Family, RunModel } from './family.ts';
import { infoWganGp } from './infoWganGp/family.ts';
import { vae } from './vae/family.ts';

/** The family that a run's objective belongs to. */
export function familyOf({ objective }: Pick<RunConfig, 'objective'>): Family {
  switch (objective) {
    case 'factorVae':
    case 'betaVae':
      return vae;
    case 'infoWganGp':
      return infoWganGp;
  }
}

/** A run as engines train it. */
export function modelOf(config: RunConfig): RunModel {
  return familyOf(config).model(config);
}
