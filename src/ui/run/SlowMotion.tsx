import { programWords, slowMotion, stageWords } from '../../locale/en/stages.ts';
import { fill } from '../../locale/fill.ts';
import type { StepStage } from '../../model/stepStages.ts';
import { useRun } from '../session/context.ts';
import classes from './SlowMotion.module.css';

/**
 * While the run goes stage by stage: all stages of the program that is under way, and what the present one
 * does.
 */
export function SlowMotion() {
  const slow = useRun(({ speedLimit }) => speedLimit === 'stages');
  const stages = useRun(({ info }) => info?.stages);
  const at = useRun(({ stage }) => stage);
  if (!slow || stages === undefined) return null;
  return (
    <section className={classes.strip} aria-label={slowMotion.title} data-testid="slow-motion">
      {stages === null ? <p>{slowMotion.inOne}</p> : <Stages stages={stages} at={at} />}
    </section>
  );
}

function Stages({ stages, at }: { stages: readonly StepStage[]; at: number | null }) {
  const present = at === null ? undefined : stages[at];
  const turn = present ?? stages[0];
  const isShown = ({ program, repeat }: StepStage) => program === turn.program && repeat === turn.repeat;
  const who = programWords[turn.program];
  return (
    <>
      {who !== undefined && (
        <strong>
          {turn.repeats > 1
            ? fill(slowMotion.turn, { who, turn: turn.repeat + 1, turns: turn.repeats })
            : who}
        </strong>
      )}
      <ol className={classes.stages}>
        {stages.map(
          (stage, number) =>
            isShown(stage) && (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its place in the step
                key={number}
                className={classes.stage}
                aria-current={number === at ? 'step' : undefined}
                data-stage={stage.name}
              >
                {stageWords[stage.name].short}
              </li>
            ),
        )}
      </ol>
      <p className={classes.does}>{present ? stageWords[present.name].does : slowMotion.waiting}</p>
    </>
  );
}
