import type { LiveSettings, RunConfig } from '../config/schema.ts';
import type { TfjsDefinition } from '../engines/tfjs/definition.ts';
import type { Abilities } from '../model/abilities.ts';
import type { Column } from '../model/columns.ts';
import type { LayerSpec } from '../model/layers.ts';
import type { Model } from '../plan/model.ts';

/** A run of any family. */
export type RunModel = Model<RunConfig, LiveSettings>;

/** A family of models: what it makes of a configuration. */
export interface Family {
  /** What the model can do. */
  can(config: RunConfig): Abilities;
  /** The model's layers: what files need to know of it. */
  layers(config: RunConfig): readonly LayerSpec[];
  /** The model's columns of metrics: what files need to know of it. */
  columns(config: RunConfig): readonly Column[];
  model(config: RunConfig): RunModel;
  /** The model's step in tfjs. It loads tfjs, which those who run plans do without. */
  definition(model: RunModel): Promise<TfjsDefinition>;
}
