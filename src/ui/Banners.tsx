import { Button } from '@mantine/core';
import { word } from '../locale/word.ts';
import { Banner } from './Banner.tsx';
import classes from './Banners.module.css';
import { formatCount } from './format.ts';
import { GoalBanner } from './goal/GoalBanner.tsx';
import { HiddenNote } from './HiddenNote.tsx';
import { LinkBanner } from './LinkBanner.tsx';
import { ReplayBanner } from './ReplayBanner.tsx';
import { RecoveryBanners } from './runs/RecoveryBanners.tsx';
import { StorageBanner } from './runs/StorageBanner.tsx';
import { useRun, useSession } from './session/context.ts';
import { usePair, useSides } from './sides/context.ts';
import { PairBanners } from './sides/PairBanners.tsx';
import { ResumeButton } from './sides/ResumeButton.tsx';

/** What a person should know before going on, one line each, above everything else. */
export function Banners() {
  const pair = usePair();
  return (
    <div className={classes.banners}>
      <StorageBanner />
      <SilenceBanner />
      <RecoveryBanners />
      {pair ? <PairBanners pair={pair} /> : <ErrorBanner />}
      <ReplayBanner />
      <LinkBanner />
      <GoalBanner />
      <HiddenNote />
    </div>
  );
}

function ErrorBanner() {
  const session = useSession();
  const phase = useRun((run) => run.phase);
  const error = useRun((run) => run.error);
  const info = useRun((run) => run.info);
  const copiedStep = useRun((run) => run.copiedStep);

  if (phase === 'diverged')
    return (
      <Banner
        tone="bad"
        name="diverged"
        title="The run diverged."
        actions={
          <Button size="compact-sm" color="red.8" onClick={() => void session.training.reset()}>
            Reset to step {formatCount(info?.startStep ?? 0)}
          </Button>
        }
      >
        {error && word(error)}
      </Banner>
    );
  if (phase === 'failed')
    return (
      <Banner
        tone="bad"
        name="failed"
        title={info ? 'Training stopped.' : 'Training cannot start here.'}
        actions={
          <>
            <ResumeButton />
            <Button size="compact-sm" variant="default" onClick={() => void session.restart()}>
              Start again
            </Button>
          </>
        }
      >
        {error && word(error)}
        {copiedStep !== null && ` “Start again” begins at step ${formatCount(info?.startStep ?? 0)}.`}
        {info && ' You can also choose another engine under New run.'}
      </Banner>
    );
  if (!error) return null;
  return (
    <Banner tone="warn" name="error" title="That did not work." onDismiss={session.dismissError}>
      {word(error)}
    </Banner>
  );
}

/** The Worker, which trains every run of the page, has not answered for a while. Only a person ends it. */
function SilenceBanner() {
  const sides = useSides();
  const session = useSession();
  const silent = useRun((run) => !run.answers && run.phase !== 'failed');
  const step = useRun((run) => run.copiedStep);
  if (!silent) return null;

  async function goOn() {
    if (step === null) session.abandonWorker();
    else await sides.resume();
  }

  return (
    <Banner
      tone="warn"
      name="silent"
      title="Training is not responding."
      actions={
        <Button size="compact-sm" variant="default" onClick={() => void goOn()}>
          {step === null ? 'End it' : `End it and continue from step ${formatCount(step)}`}
        </Button>
      }
    >
      It may be busy with a long step, and this notice goes when it answers.
      {step === null
        ? ' There is no saved copy of this run yet: ending it means starting again.'
        : ' If you end it, only the steps since the last saved copy are lost.'}
    </Banner>
  );
}
