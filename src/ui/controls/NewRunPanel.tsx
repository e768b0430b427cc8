import { Button } from '@mantine/core';
import { useState } from 'react';
import { type BackendChoice, backendChoices } from '../../config/backends.ts';
import { permutedBatchSchema, type RunConfig } from '../../config/schema.ts';
import { combinationCount } from '../../data/factors.ts';
import { factorNames } from '../../data/shapes2d/factors.ts';
import { engineLabels } from '../engineLabels.ts';
import { formatCount } from '../format.ts';
import type { GlossaryTerm } from '../help/glossary.ts';
import { Term } from '../help/Term.tsx';
import { DiceIcon } from '../icons.tsx';
import panel from '../Panel.module.css';
import { factorLabels } from '../pictures/factorLabels.ts';
import { useRun, useSession } from '../session/context.ts';
import { discardRun } from '../session/discard.ts';
import { type Draft, type DraftField, draftOf, readDraft, sameDraft } from './draft.ts';
import classes from './Settings.module.css';
import { TextRow } from './TextRow.tsx';

const backendLabels: Readonly<Record<BackendChoice, string>> = { auto: 'Automatic', ...engineLabels };

const permutedBatchLabels: Readonly<Record<RunConfig['permutedBatch'], string>> = {
  second: 'second batch',
  first: 'same batch',
};

const modelFields: readonly [DraftField, string, GlossaryTerm][] = [
  ['imageSize', 'Image size', 'imageSize'],
  ['convWidths', 'Convolutions', 'convWidths'],
  ['denseWidth', 'Dense width', 'denseWidth'],
  ['latents', 'Latents', 'latents'],
  ['discriminatorWidth', 'Discriminator width', 'discriminator'],
  ['discriminatorDepth', 'Discriminator depth', 'discriminator'],
];
const trainingFields: readonly [DraftField, string, GlossaryTerm][] = [
  ['batchSize', 'Batch', 'batchSize'],
  ['annealingFactor', 'Pressure at first', 'annealing'],
  ['annealingSteps', 'Pressure falls over', 'annealing'],
  ['gammaWarmupSteps', 'Gamma\u2019s warm-up', 'gammaWarmup'],
  ['adamBetas', 'Adam betas', 'adamBetas'],
  ['discriminatorAdamBetas', 'Discriminator\u2019s betas', 'adamBetas'],
];

/** What only a new run can change: edited as a draft, applied together. */
export function NewRunPanel() {
  const config = useRun((run) => run.info?.config ?? null);
  const backend = useRun((run) => run.backend);
  return (
    <section className={panel.panel} aria-label="New run">
      <details>
        <summary className={classes.summary}>
          <h2 className={panel.title}>New run</h2>
          <span className={classes.note}>data, model, seed</span>
        </summary>
        {config && <NewRunForm key={JSON.stringify([config, backend])} config={config} backend={backend} />}
      </details>
    </section>
  );
}

function NewRunForm({ config, backend }: { config: RunConfig; backend: BackendChoice }) {
  const session = useSession();
  const original = draftOf(config, backend);
  const [draft, setDraft] = useState<Draft>(original);
  const reading = readDraft(draft, { ...config, ...session.currentConfig() });
  const errors = reading.kind === 'invalid' ? reading.errors : {};
  const changed = !sameDraft(draft, original);

  const setText = (field: DraftField, text: string) =>
    setDraft({ ...draft, texts: { ...draft.texts, [field]: text } });
  const row = (field: DraftField, label: string, term?: GlossaryTerm) => (
    <TextRow
      key={field}
      label={label}
      term={term}
      text={draft.texts[field]}
      error={errors[field]}
      onChange={(text) => setText(field, text)}
    />
  );

  function apply() {
    if (reading.kind !== 'valid') return;
    const { preset } = session.run.getState();
    const request = { config: reading.config, preset, backend: draft.backend };
    discardRun(session, 'Start the new run', () => session.configure(request));
  }

  const combinations =
    reading.kind === 'valid' ? combinationCount(Object.values(reading.config.factors)) : null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <p className={classes.note}>Applies to a new run: the present one is thrown away, after a question.</p>
      <fieldset className={classes.group}>
        <legend>
          Data set: 2D Shapes, <Term name="factors">values of each factor</Term>
        </legend>
        {factorNames.map((name) => row(name, factorLabels[name]))}
        <p className={classes.note}>
          {combinations === null ? '\u2013' : formatCount(combinations)} different pictures
        </p>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>Model</legend>
        {modelFields.map(([field, label, term]) => row(field, label, term))}
      </fieldset>
      <fieldset className={classes.group}>
        <legend>Training</legend>
        {trainingFields.map(([field, label, term]) => row(field, label, term))}
        <ChoiceRow
          label="Permuted codes"
          term="permutedBatch"
          labels={permutedBatchLabels}
          choices={permutedBatchSchema.options}
          value={draft.permutedBatch}
          onChange={(permutedBatch) => setDraft({ ...draft, permutedBatch })}
        />
        {row('seed', 'Seed', 'seed')}
        <div className={classes.row}>
          <span />
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<DiceIcon />}
            onClick={() => setText('seed', String(Math.floor(Math.random() * 1e6)))}
          >
            Random seed
          </Button>
        </div>
        <ChoiceRow
          label="Backend"
          term="backend"
          labels={backendLabels}
          choices={backendChoices}
          value={draft.backend}
          onChange={(backend) => setDraft({ ...draft, backend })}
        />
      </fieldset>
      <div className={classes.actions}>
        <Button type="submit" size="sm" disabled={!changed || reading.kind === 'invalid'}>
          Apply
        </Button>
        <Button size="sm" variant="default" disabled={!changed} onClick={() => setDraft(original)}>
          Revert
        </Button>
      </div>
    </form>
  );
}

interface ChoiceRowProps<Choice extends string> {
  readonly label: string;
  readonly term: GlossaryTerm;
  readonly choices: readonly Choice[];
  readonly labels: Readonly<Record<Choice, string>>;
  readonly value: Choice;
  readonly onChange: (choice: Choice) => void;
}

function ChoiceRow<Choice extends string>(props: ChoiceRowProps<Choice>) {
  const { label, term, choices, labels, value, onChange } = props;
  return (
    <div className={classes.row}>
      <Term name={term}>{label}</Term>
      <select
        className={`${classes.input} ${classes.select}`}
        aria-label={label}
        value={value}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice === event.currentTarget.value);
          if (chosen) onChange(chosen);
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {labels[choice]}
          </option>
        ))}
      </select>
    </div>
  );
}
