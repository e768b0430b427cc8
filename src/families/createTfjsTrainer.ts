import type { BackendInfo } from '../config/backends.ts';
import type { RunConfig } from '../config/schema.ts';
import { TfjsTrainer } from '../engines/tfjs/trainer.ts';
import type { Trainer } from '../engines/trainer.ts';
import { vaeModel } from './vae/model.ts';
import { vaeDefinition } from './vae/tfjs/definition.ts';

/** A run in plain tfjs on a backend that `createTfjsBackend` started. */
export async function createTfjsTrainer(config: RunConfig, backend: BackendInfo): Promise<Trainer> {
  const model = vaeModel(config);
  return new TfjsTrainer(model, vaeDefinition(config, model.plan), backend);
}
