import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { vaeModel } from '../families/vae/model.ts';
import { vaeDefinition } from '../families/vae/tfjs/definition.ts';
import { describeEngine } from './contract.ts';
import { engines } from './trainers.ts';

describeEngine('reference', async (config) => createReferenceTrainer(vaeModel(config)));

for (const [name, create] of Object.entries(engines))
  describeEngine(name, (config) =>
    create(vaeModel(config), (model) => vaeDefinition(model.config, model.plan)),
  );
