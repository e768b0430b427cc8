import { programWords, slowMotion, stageWords } from '../../locale/en/stages.ts';
import { fill } from '../../locale/fill.ts';
import type { StepStage } from '../../model/stepStages.ts';
import { SessionContext, useRun } from '../session/context.ts';
import { usePair } from '../sides/context.ts';
import { sideNames } from '../sides/pair.ts';
import { SideTag } from '../sides/SideTag.tsx';
import classes from './SlowMotion.module.css';

/** Shown in slow motion: the stages of the step, of each side where there are two, and what the present one does. */
export function SlowMotion() {
  const slow = useRun(({ speedLimit }) => speedLimit === 'stages');
  const pair = usePair();
  if (!slow) return null;
  return (
    <section className={classes.strip} aria-label={slowMotion.title} data-testid="slow-motion">
      {pair ? (
        sideNames.map((side) => (
          <SessionContext key={side} value={pair[side]}>
            <div className={classes.run}>
              <SideTag side={side} />
              <StagesOfRun />
            </div>
          </SessionContext>
        ))
      ) : (
        <div className={classes.run}>
          <StagesOfRun />
        </div>
      )}
    </section>
  );
}

function StagesOfRun() {
  const stages = useRun(({ info }) => info?.stages);
  const at = useRun(({ phase, stage }) => (phase === 'running' ? stage : null));
  if (stages === undefined) return null;
  return stages === null ? <p>{slowMotion.inOne}</p> : <Stages stages={stages} at={at} />;
}

/** All stages of the program that is under way, a repeat at a time. */
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
