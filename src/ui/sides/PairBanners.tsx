import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { word } from '../../locale/word.ts';
import { Banner } from '../Banner.tsx';
import { formatCount } from '../format.ts';
import { objectiveName } from '../runs/presentRecord.ts';
import type { Side } from '../session/origin.ts';
import type { Session } from '../session/session.ts';
import { useView, viewAddress } from '../view.ts';
import { ResumeButton } from './ResumeButton.tsx';
import type { Pair } from './sides.ts';
import { otherSide, useGoOnAlone } from './useGoOnAlone.ts';

/** What went wrong on either side, and what can be done; in the Train view, that there are two. */
export function PairBanners({ pair }: { pair: Pair }) {
  const view = useView();
  return (
    <>
      {view === 'train' && (
        <Banner
          tone="plain"
          name="pair"
          title="This run is side A of two."
          actions={
            <Button size="compact-sm" variant="default" component="a" href={viewAddress.sideBySide}>
              Show both
            </Button>
          }
        >
          Run, pause, step and reset act on both; a new run here is one for both.
        </Banner>
      )}
      <SideBanner pair={pair} side="A" />
      <SideBanner pair={pair} side="B" />
    </>
  );
}

function SideBanner({ pair, side }: { pair: Pair; side: Side }) {
  const session = pair[side];
  const { phase, error, info } = useStore(session.run);
  const otherPhase = useStore(pair[otherSide[side]].run, (run) => run.phase);
  const name = sideName(side, session);

  if (phase === 'diverged')
    return (
      <Banner
        tone="bad"
        name={`diverged-${side}`}
        title={`${name}, diverged; both stopped.`}
        actions={
          <>
            <Button size="compact-sm" color="red.8" onClick={() => void session.training.reset()}>
              Reset both to step {formatCount(info?.startStep ?? 0)}
            </Button>
            <GoOnWithOther pair={pair} side={side} possible={otherPhase === 'held'} />
          </>
        }
      >
        {error && word(error)}
      </Banner>
    );
  if (phase === 'failed')
    return (
      <Banner
        tone="bad"
        name={`failed-${side}`}
        title={info ? `${name}, stopped.` : `${name}, cannot start here.`}
        actions={
          <>
            <ResumeButton />
            <Button size="compact-sm" variant="default" onClick={() => void pair.A.restart()}>
              Start both again
            </Button>
            <GoOnWithOther pair={pair} side={side} possible={otherPhase === 'held'} />
          </>
        }
      >
        {error && word(error)}
      </Banner>
    );
  if (!error) return null;
  return (
    <Banner
      tone="warn"
      name={`error-${side}`}
      title={`Side ${side}: that did not work.`}
      onDismiss={session.dismissError}
    >
      {word(error)}
    </Banner>
  );
}

function GoOnWithOther({ pair, side, possible }: { pair: Pair; side: Side; possible: boolean }): ReactNode {
  const goOnAlone = useGoOnAlone(pair);
  const other = otherSide[side];
  if (!possible) return null;
  return (
    <Button size="compact-sm" variant="default" onClick={() => goOnAlone(other)}>
      Continue with {other} only
    </Button>
  );
}

function sideName(side: Side, session: Session): string {
  const config = session.currentConfig();
  return config ? `Side ${side}, ${objectiveName(config)}` : `Side ${side}`;
}
