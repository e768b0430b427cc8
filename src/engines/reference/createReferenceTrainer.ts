import type { EngineInfo } from '../../config/engines.ts';
import type { Model } from '../../plan/model.ts';
import { PlanTrainer } from '../plan/planTrainer.ts';
import type { RandomInputs } from '../trainer.ts';
import { ReferencePlan } from './referencePlan.ts';

const runsOn: EngineInfo = { engine: 'reference', adapter: 'double precision', software: true };

/** A run in plain TypeScript: what other engines are held against. */
export function createReferenceTrainer<Config, Live, Inputs extends RandomInputs = RandomInputs>(
  model: Model<Config, Live>,
): PlanTrainer<Config, Live, Inputs, ReferencePlan> {
  return new PlanTrainer<Config, Live, Inputs, ReferencePlan>(model, new ReferencePlan(model.plan), runsOn);
}
