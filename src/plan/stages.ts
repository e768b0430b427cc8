import type { StageName, StepStage } from '../model/stepStages.ts';
import type { Operation } from './operations.ts';
import type { Program } from './program.ts';

/** A program's operations by their stages; those without any are left out. */
export function staged(
  parts: readonly (readonly [StageName, readonly Operation[]])[],
): Pick<Program, 'operations' | 'stages'> {
  return {
    operations: parts.flatMap(([, operations]) => operations),
    stages: parts.flatMap(([name, { length }]) => (length > 0 ? [{ name, length }] : [])),
  };
}

/** A stage's operations in its program: from the first to before the last; what is drawn comes before all. */
export interface StageRange {
  readonly name: StageName;
  readonly from: number;
  readonly to: number;
}

/** The stages of a program, of which the first one draws. Operations are counted with those that draw. */
export function rangesOf({ draw, stages }: Pick<Program, 'draw' | 'stages'>): StageRange[] {
  let at = 0;
  return [{ name: 'draw' as const, length: draw.length }, ...stages].map(({ name, length }) => {
    const from = at;
    at += length;
    return { name, from, to: at };
  });
}

/** All stages of a step, in their order. */
export function stagesOf(step: readonly Program[]): StepStage[] {
  return step.flatMap((program) =>
    Array.from({ length: program.repeats }, (_, repeat) =>
      rangesOf(program).map(({ name }) => ({
        name,
        program: program.name,
        repeat,
        repeats: program.repeats,
      })),
    ).flat(),
  );
}
