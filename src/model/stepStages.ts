import type { StageName } from '../config/stageNames.ts';

export type { StageName } from '../config/stageNames.ts';

/** A stage of a step in its place. */
export interface StepStage {
  readonly name: StageName;
  /** Which of the step's programs it is of, by the plan's name, and which time that one is done, from 0. */
  readonly program: string;
  readonly repeat: number;
  readonly repeats: number;
}
