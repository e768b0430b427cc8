import { Button, Group, Modal, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { objectiveSchema } from '../../config/schema.ts';
import { presetOf } from '../../config/url.ts';
import { describeError } from '../../errors.ts';
import { lastConfig } from '../../record/results.ts';
import settings from '../controls/Settings.module.css';
import { TextRow } from '../controls/TextRow.tsx';
import { formatCount } from '../format.ts';
import { useKeptRuns, useShelf } from '../runs/context.ts';
import { useSession } from '../session/context.ts';
import { discardRun } from '../session/discard.ts';
import { useSidesState } from '../sides/context.ts';
import { viewAddress } from '../view.ts';
import classes from './Compare.module.css';
import type { ComparedRun } from './comparedRuns.ts';
import { type ForkField, forkFields, forkTexts, readFork } from './forkDraft.ts';
import { objectiveLabels } from './objectives.ts';

/** Starts another run from the weights of one that is kept, or of the present one. */
export function ForkDialog({ run, onClose }: { run: ComparedRun | null; onClose: () => void }) {
  return (
    <Modal opened={run !== null} onClose={onClose} title="Fork a run" centered>
      {run && <ForkForm key={run.key} run={run} onClose={onClose} />}
    </Modal>
  );
}

const ofDiscriminator: readonly ForkField[] = ['gamma', 'discriminatorLearningRate'];

function ForkForm({ run, onClose }: { run: ComparedRun; onClose: () => void }) {
  const session = useSession();
  const { shelf } = useKeptRuns();
  const stored = useShelf((state) => state.weights.get(run.key) ?? null);
  const keeps = useShelf((state) => state.problem === null);
  const [parent] = useState(() => ({ name: run.record.name, config: lastConfig(run.record) }));
  const [objective, setObjective] = useState(parent.config.objective);
  const [texts, setTexts] = useState(() => forkTexts(parent.config));
  const [failure, setFailure] = useState('');
  const present = useSidesState(({ main, rival }) =>
    [main, rival].find((side) => side?.origin?.id === run.key),
  );
  const reading = readFork(texts, parent.config, objective);

  async function start() {
    if (reading.kind !== 'valid') return;
    const { config } = reading;
    try {
      const weights = present ? await present.checkpoint() : await shelf.weights(run.key);
      if (!weights) return setFailure('Its weights are no longer kept.');
      const { preset, backend } = session.run.getState();
      const request = {
        config,
        preset: presetOf(config) ?? run.record.preset ?? preset,
        backend,
        fork: { parent: { id: run.key, name: parent.name, step: weights.step }, checkpoint: weights.bytes },
      };
      const begin = () => {
        onClose();
        location.hash = viewAddress.train;
        void session.configure(request);
      };
      // The present run is kept with its weights, so nothing is lost and nothing needs asking.
      if (keeps && session.origin && shelf.find(session.origin.id)) begin();
      else discardRun(session, 'Start the fork', begin);
    } catch (thrown) {
      setFailure(describeError(thrown).message);
    }
  }

  const fields = forkFields.filter(
    ([field]) => objective === 'factorVae' || !ofDiscriminator.includes(field),
  );
  return (
    <form
      className={classes.fork}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <p>
        A new run goes on from the weights and optimisers of “{parent.name}”,{' '}
        {present || stored === null ? 'as they are now' : `step ${formatCount(stored)}`}, with these settings.
      </p>
      <SegmentedControl
        aria-label="Objective of the fork"
        value={objective}
        onChange={(value) => setObjective(objectiveSchema.parse(value))}
        data={objectiveSchema.options.map((value) => ({ value, label: objectiveLabels[value] }))}
      />
      {fields.map(([field, label]) => (
        <TextRow
          key={field}
          label={label}
          text={texts[field]}
          error={reading.kind === 'invalid' ? reading.errors.get(field) : undefined}
          onChange={(text) => setTexts({ ...texts, [field]: text })}
        />
      ))}
      <p className={settings.note}>
        Data, networks, batch and Adam’s betas stay those of the run: its weights and optimisers were made for
        them.
      </p>
      {failure && (
        <p className={classes.problem} role="alert">
          {failure}
        </p>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={reading.kind === 'invalid'}>
          Start the fork
        </Button>
      </Group>
    </form>
  );
}
