import type { RunConfig } from '../config/schema.ts';
import type { TfjsInfo } from '../engines/tfjs/tfjsInfo.ts';
import { TfjsTrainer } from '../engines/tfjs/trainer.ts';
import type { Trainer } from '../engines/trainer.ts';
import { vaeModel } from './vae/model.ts';
import { vaeDefinition } from './vae/tfjs/definition.ts';

/** A run in plain tfjs on an engine that `startTfjs` started. */
export async function createTfjsTrainer(config: RunConfig, runsOn: TfjsInfo): Promise<Trainer> {
  const model = vaeModel(config);
  return new TfjsTrainer(model, vaeDefinition(config, model.plan), runsOn);
}
