import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { firstGoal, goalOf } from '../../config/goal.ts';
import { useSession } from '../session/context.ts';
import { discardRun } from '../session/discard.ts';
import { useSides } from '../sides/context.ts';
import { TextButton } from '../TextButton.tsx';
import classes from './Goal.module.css';

/** Opens what sets a challenge. */
export function GoalButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <TextButton className={classes.open} onClick={() => setOpen(true)}>
        Set a challenge
      </TextButton>
      <Modal opened={open} onClose={() => setOpen(false)} title="Set a challenge" centered>
        <GoalForm onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function GoalForm({ onClose }: { onClose: () => void }) {
  const sides = useSides();
  const session = useSession();
  const [metric, setMetric] = useState(String(firstGoal.metric));
  const [nats, setNats] = useState(String(firstGoal.nats));
  const [steps, setSteps] = useState(String(firstGoal.steps));
  const goal = goalOf([metric, nats, steps]);

  function start() {
    if (!goal) return;
    onClose();
    discardRun(session, 'Start the challenge', () => void sides.beginChallenge(goal));
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <p>
        Reach both in one measurement, in time. The run begins again at its start; any setting may be moved.
      </p>
      <TextInput
        label="FactorVAE metric, at least"
        description="As under Disentanglement: the share of votes for the right factor, from 0 to 1."
        inputMode="decimal"
        value={metric}
        onChange={(event) => setMetric(event.currentTarget.value)}
      />
      <TextInput
        label="Reconstruction in nats, at most"
        description="As beside its chart at that step: the mean of up to 32 latest steps."
        inputMode="decimal"
        value={nats}
        onChange={(event) => setNats(event.currentTarget.value)}
      />
      <TextInput
        label="Steps, at most"
        description="Only what is measured up to this step counts."
        inputMode="numeric"
        value={steps}
        onChange={(event) => setSteps(event.currentTarget.value)}
      />
      {!goal && (
        <p role="alert">A metric above 0 and up to 1, nats above 0, and a whole number of steps, please.</p>
      )}
      <Button type="submit" disabled={!goal}>
        Start the challenge
      </Button>
    </form>
  );
}
