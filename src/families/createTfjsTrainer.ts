import type { RunConfig } from '../config/schema.ts';
import type { TfjsInfo } from '../engines/tfjs/tfjsInfo.ts';
import { TfjsTrainer } from '../engines/tfjs/trainer.ts';
import type { Trainer } from '../engines/trainer.ts';
import { familyOf } from './families.ts';

/** A run in plain tfjs on an engine that `startTfjs` started. */
export async function createTfjsTrainer(config: RunConfig, runsOn: TfjsInfo): Promise<Trainer> {
  const family = familyOf(config);
  const model = family.model(config);
  return new TfjsTrainer(model, await family.definition(model), runsOn);
}
