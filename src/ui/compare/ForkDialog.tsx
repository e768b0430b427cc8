import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { presetOf } from '../../config/url.ts';
import { type ErrorReport, reportOf } from '../../errors.ts';
import { word } from '../../locale/word.ts';
import { lastConfig } from '../../record/results.ts';
import { errorReport } from '../../report.ts';
import { settingFields } from '../../settings/fields.ts';
import { familyObjectives } from '../../settings/scopes.ts';
import { SettingRow } from '../controls/SettingRow.tsx';
import settings from '../controls/Settings.module.css';
import { readSettings, settingTexts } from '../controls/settingForm.ts';
import { formatCount } from '../format.ts';
import { useKeptRuns, useShelf } from '../runs/context.ts';
import { useSession } from '../session/context.ts';
import { discardRun } from '../session/discard.ts';
import { useSidesState } from '../sides/context.ts';
import { viewAddress } from '../view.ts';
import classes from './Compare.module.css';
import type { ComparedRun } from './comparedRuns.ts';

/** Starts another run from the weights of one that is kept, or of the present one. */
export function ForkDialog({ run, onClose }: { run: ComparedRun | null; onClose: () => void }) {
  return (
    <Modal opened={run !== null} onClose={onClose} title="Fork a run" centered>
      {run && <ForkForm key={run.key} run={run} onClose={onClose} />}
    </Modal>
  );
}

/** What a fork may change; the objective, one of the same family, decides which of the others it uses. */
const forkFields = settingFields.filter(({ acts }) => acts !== 'newRun');

function ForkForm({ run, onClose }: { run: ComparedRun; onClose: () => void }) {
  const session = useSession();
  const { shelf } = useKeptRuns();
  const stored = useShelf((state) => state.weights.get(run.key) ?? null);
  const keeps = useShelf((state) => state.problem === null);
  const [parent] = useState(() => ({ name: run.record.name, config: lastConfig(run.record) }));
  const [texts, setTexts] = useState(() => settingTexts(forkFields, parent.config));
  const [failure, setFailure] = useState<ErrorReport | null>(null);
  const present = useSidesState(({ A, B }) => [A, B].find((side) => side?.origin?.id === run.key));
  const objectives = familyObjectives(parent.config.objective);
  const objective = objectives.find((name) => name === texts.objective) ?? parent.config.objective;
  const fields = forkFields
    .filter((field) => field.isUsedBy({ ...parent.config, objective }))
    .filter(({ name }) => name !== 'objective' || objectives.length > 1)
    .map((field) =>
      field.name === 'objective'
        ? { ...field, allowed: { kind: 'word', values: objectives } as const }
        : field,
    );
  const reading = readSettings(fields, texts, parent.config);

  async function start() {
    if (reading.kind !== 'valid') return;
    const { config } = reading;
    try {
      const weights = present ? await present.checkpoint() : await shelf.weights(run.key);
      if (!weights) return setFailure(errorReport('WeightsGoneError'));
      const { preset, engine } = session.run.getState();
      const request = {
        config,
        preset: presetOf(config) ?? run.record.preset ?? preset,
        engine,
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
      setFailure(reportOf(thrown));
    }
  }

  return (
    <form
      className={classes.fork}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <p>
        Continue from the weights of “{parent.name}”{' '}
        {present || stored === null ? 'as they are now' : `at step ${formatCount(stored)}`} as a new run with
        these settings.
      </p>
      {fields.map((field) => (
        <SettingRow
          key={field.name}
          field={field}
          text={texts[field.name] ?? ''}
          error={reading.kind === 'invalid' ? reading.errors[field.name] : undefined}
          onChange={(text) => setTexts({ ...texts, [field.name]: text })}
        />
      ))}
      <p className={settings.note}>Data, network, batch size and Adam betas cannot be changed in a fork.</p>
      {failure && (
        <p className={classes.problem} role="alert">
          {word(failure)}
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
