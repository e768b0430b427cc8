import { ActionIcon, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatCount } from '../format.ts';
import { Hint } from '../help/Hint.tsx';
import { PauseIcon, PlayIcon, ResetIcon, StepIcon } from '../icons.tsx';
import { useRun, useSession } from '../session/context.ts';
import { discardRun } from '../session/discard.ts';
import classes from './RunBar.module.css';
import { StepMenu } from './StepMenu.tsx';
import { togglePlay } from './useSpaceBar.ts';

/** Run or pause, one step, and back to step 0. */
export function RunControls({ compact = false }: { compact?: boolean }) {
  const session = useSession();
  const phase = useRun((run) => run.phase);
  const pausing = useRun((run) => run.pausing);
  const start = useRun((run) => run.info?.startStep ?? 0);
  const untouched = useRun((run) => run.step === start);
  const running = phase === 'running';
  const resettable = running || phase === 'paused' || phase === 'held' || phase === 'diverged';

  return (
    <div className={classes.controls}>
      <Hint step={0}>
        <Button
          className={classes.run}
          leftSection={running ? <PauseIcon /> : <PlayIcon />}
          disabled={(!running && phase !== 'paused') || pausing}
          title={running ? 'Pause (space)' : 'Run (space)'}
          onClick={() => togglePlay(session)}
        >
          {running ? 'Pause' : 'Run'}
        </Button>
      </Hint>
      <div className={classes.stepKinds}>
        <SmallButton
          name="Step"
          title="One step"
          icon={<StepIcon />}
          compact={compact}
          disabled={phase !== 'paused'}
          onClick={() => void session.training.singleStep()}
        />
        <StepMenu disabled={phase !== 'paused'} />
      </div>
      <SmallButton
        name="Reset"
        title={`Back to step ${formatCount(start)}`}
        icon={<ResetIcon />}
        compact={compact}
        disabled={!resettable || untouched}
        onClick={() =>
          discardRun(session, `Reset to step ${formatCount(start)}`, () => void session.training.reset())
        }
      />
    </div>
  );
}

interface SmallButtonProps {
  readonly name: string;
  readonly title: string;
  readonly icon: ReactNode;
  readonly compact: boolean;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function SmallButton({ name, title, icon, compact, disabled, onClick }: SmallButtonProps) {
  const common = { variant: 'default', title, disabled, onClick } as const;
  return compact ? (
    <ActionIcon {...common} size={36} aria-label={name}>
      {icon}
    </ActionIcon>
  ) : (
    <Button {...common} leftSection={icon}>
      {name}
    </Button>
  );
}
