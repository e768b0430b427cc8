import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useStore } from 'zustand';
import type { Goal } from '../../config/goal.ts';
import { modelNotes } from '../../locale/en/models.ts';
import { Banner } from '../Banner.tsx';
import { formatCount, formatQuantity } from '../format.ts';
import { useEvaluations, useRun, useSession } from '../session/context.ts';
import { useSides } from '../sides/context.ts';
import { type Attempt, outcomeOf } from './attempts.ts';
import { goalText } from './goalText.ts';

/** What the run is to reach, how far it has come, and, where it has, the link that shows it to another person. */
export function GoalBanner() {
  const goal = useStore(useSides().lesson, (lesson) => lesson.goal);
  return goal && <Standing goal={goal} />;
}

function Standing({ goal }: { goal: Goal }) {
  const sides = useSides();
  const session = useSession();
  const records = useEvaluations((state) => state.records);
  const measured = useEvaluations(({ activity }) => (activity.state === 'measuring' ? activity.step : null));
  // Of all steps only the last one that counts changes what is said.
  const tooLate = useRun((run) => run.step > goal.steps);
  const reconstructs = useRun(({ info }) => info?.can.reconstruct ?? true);
  const ready = useRun((run) => run.phase === 'paused' || run.phase === 'running');
  const { reached, best } = outcomeOf(goal, records, session.history);
  return (
    <Banner
      tone="plain"
      name="goal"
      title={`Challenge: ${goalText(goal)}.`}
      onDismiss={() => sides.setLesson({ goal: null })}
      actions={
        reached ? (
          <ResultLink goal={goal} reachedAt={reached.step} />
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            disabled={!ready || !reconstructs || measured !== null || tooLate}
            onClick={() => void session.measuring.evaluate()}
          >
            Measure now
          </Button>
        )
      }
    >
      <span data-testid="goal-state" data-reached={reached?.step}>
        {reached
          ? `Reached: ${attemptText(reached)}.`
          : reconstructs
            ? openText(goal, best, { measured, tooLate })
            : modelNotes.noGoal}
      </span>
    </Banner>
  );
}

function openText(
  goal: Goal,
  best: Attempt | null,
  { measured, tooLate }: { readonly measured: number | null; readonly tooLate: boolean },
): string {
  const claim =
    goal.reachedAt === null
      ? ''
      : `This link says that its run reaches it at step ${formatCount(goal.reachedAt)}: press Run to check. `;
  if (measured !== null && measured <= goal.steps) return `${claim}Measuring step ${formatCount(measured)}.`;
  if (best) return `${claim}${tooLate ? 'Not reached' : 'Not yet'}; the best so far: ${attemptText(best)}.`;
  if (tooLate) return `${claim}Not reached: nothing was measured in time. Reset the run to try again.`;
  return `${claim}The page measures the run every few hundred steps, where it keeps up, and whenever you ask.`;
}

function attemptText({ step, metric, nats }: Attempt): string {
  return `${metric.toFixed(2)} with ${formatQuantity(nats, 1)} nats at step ${formatCount(step)}`;
}

/** The link that replays this run, with the step at which it reached the goal. */
function ResultLink({ goal, reachedAt }: { goal: Goal; reachedAt: number }) {
  const sides = useSides();
  const session = useSession();
  const clipboard = useClipboard({ timeout: 1600 });
  const lesson = { ...sides.lesson.getState(), goal: { ...goal, reachedAt } };
  const { query, moves } = sides.link(null, lesson);
  if (session.origin?.parent) return <span>A forked run’s first weights do not fit into a link.</span>;
  if (moves === 'tooMany') return <span>Its moves do not fit into a link; Share saves them as a file.</span>;
  const address = `${location.origin}${location.pathname}${query}`;
  return (
    <>
      <a href={address} data-testid="goal-link">
        Link that replays this run
      </a>
      <Button size="compact-sm" variant="default" onClick={() => clipboard.copy(address)}>
        <span aria-live="polite">{clipboard.copied ? 'Copied' : 'Copy'}</span>
      </Button>
    </>
  );
}
