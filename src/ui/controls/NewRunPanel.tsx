import { Button } from '@mantine/core';
import { useState } from 'react';
import { type EngineChoice, engineChoices } from '../../config/engines.ts';
import { withObjective } from '../../config/objective.ts';
import { type PresetName, presets, usualPresets } from '../../config/presets.ts';
import type { RunConfig } from '../../config/schema.ts';
import { factorSizes } from '../../data/dataset.ts';
import { factorsOf } from '../../data/datasets.ts';
import { combinationCount } from '../../data/factors.ts';
import { en } from '../../locale/en/index.ts';
import { fill } from '../../locale/fill.ts';
import { settingLabel, valueLabel } from '../../locale/settingWords.ts';
import type { SettingName } from '../../settings/fields.ts';
import { keysOf } from '../../settings/objects.ts';
import type { DatasetName } from '../../settings/scopes.ts';
import type { FormSection } from '../../settings/setting.ts';
import { formatCount } from '../format.ts';
import { DiceIcon } from '../icons.tsx';
import { OwnImagesList } from '../ownImages/OwnImagesList.tsx';
import panel from '../Panel.module.css';
import { useRun, useSession } from '../session/context.ts';
import { discardRun } from '../session/discard.ts';
import { ChoiceRow } from './ChoiceRow.tsx';
import { type Draft, draftOf, formFields, readDraft, sameDraft } from './draft.ts';
import { SettingRow } from './SettingRow.tsx';
import classes from './Settings.module.css';

const engineLabels: Readonly<Record<EngineChoice, string>> = {
  auto: en.newRun.automatic,
  ...en.engines,
};

/** What only a new run can change: edited as a draft, applied together. */
export function NewRunPanel() {
  const config = useRun((run) => run.info?.config ?? null);
  const engine = useRun((run) => run.engine);
  const [opened, setOpened] = useState(false);
  return (
    <section className={panel.panel} aria-label={en.newRun.title}>
      <details onToggle={() => setOpened(true)}>
        <summary className={classes.summary}>
          <h2 className={panel.title}>{en.newRun.title}</h2>
          <span className={classes.note}>{en.newRun.contents}</span>
        </summary>
        {opened && config && (
          <NewRunForm key={JSON.stringify([config, engine])} config={config} engine={engine} />
        )}
        {/* A run may be missing for want of its images. */}
        {opened && !config && (
          <div className={classes.form}>
            <OwnImagesList />
          </div>
        )}
      </details>
    </section>
  );
}

/** Different images of a run. */
function imageCount(config: RunConfig): number {
  if (config.dataset === 'own') return config.data?.count ?? 0;
  return combinationCount(factorSizes(factorsOf(config)));
}

function NewRunForm({ config, engine }: { config: RunConfig; engine: EngineChoice }) {
  const session = useSession();
  const original = draftOf(config, engine);
  const [draft, setDraft] = useState<Draft>(original);
  // Another data set needs other networks too, so the form is filled with a preset of it.
  const [preset, setPreset] = useState<PresetName | null>(null);
  const base = preset
    ? withObjective(presets[preset], config.objective, preset)
    : { ...config, ...session.currentConfig() };
  const reading = readDraft(draft, base);
  const errors = reading.kind === 'invalid' ? reading.errors : {};
  const changed = preset !== null || !sameDraft(draft, original);

  const setText = (name: SettingName, text: string) =>
    setDraft({ ...draft, texts: { ...draft.texts, [name]: text } });
  const fields = formFields(base);
  const rowsOf = (section: FormSection) =>
    fields
      .filter(({ form }) => form === section)
      .map((field) => (
        <SettingRow
          key={field.name}
          field={field}
          text={draft.texts[field.name] ?? ''}
          error={errors[field.name]}
          onChange={(text) => setText(field.name, text)}
        />
      ));

  function chooseDataset(dataset: DatasetName) {
    if (dataset === config.dataset || dataset === 'own') return revert();
    const chosen = usualPresets[dataset];
    const { seed } = config;
    setPreset(chosen);
    setDraft(draftOf({ ...withObjective(presets[chosen], config.objective, chosen), seed }, draft.engine));
  }

  function revert() {
    setPreset(null);
    setDraft(original);
  }

  function apply() {
    if (reading.kind !== 'valid') return;
    const ofRun = session.run.getState().preset;
    const request = { config: reading.config, preset: preset ?? ofRun, engine: draft.engine };
    discardRun(session, en.newRun.start, () => session.configure(request));
  }

  const { sections } = en.newRun;
  const count = reading.kind === 'valid' ? imageCount(reading.config) : null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <p className={classes.note}>{en.newRun.note}</p>
      <fieldset className={classes.group}>
        <legend>{sections.data}</legend>
        <ChoiceRow
          label={settingLabel('dataset')}
          term="dataset"
          labelOf={(dataset) => valueLabel('dataset', dataset)}
          choices={config.dataset === 'own' ? [...keysOf(usualPresets), 'own'] : keysOf(usualPresets)}
          value={base.dataset}
          onChange={chooseDataset}
        />
        {rowsOf('data')}
        <p className={classes.note}>
          {fill(en.newRun.images, {
            count: count === null ? '\u2013' : formatCount(count),
          })}
        </p>
      </fieldset>
      <OwnImagesList />
      <fieldset className={classes.group}>
        <legend>{sections.model}</legend>
        {rowsOf('model')}
      </fieldset>
      <fieldset className={classes.group}>
        <legend>{sections.training}</legend>
        {rowsOf('training')}
        <div className={classes.row}>
          <span />
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<DiceIcon />}
            onClick={() => setText('seed', String(Math.floor(Math.random() * 1e6)))}
          >
            {en.newRun.randomSeed}
          </Button>
        </div>
        <ChoiceRow
          label={en.newRun.engine}
          term="engine"
          labelOf={(engine) => engineLabels[engine]}
          choices={engineChoices}
          value={draft.engine}
          onChange={(engine) => setDraft({ ...draft, engine })}
        />
      </fieldset>
      <div className={classes.actions}>
        <Button type="submit" size="sm" disabled={!changed || reading.kind === 'invalid'}>
          {en.newRun.apply}
        </Button>
        <Button size="sm" variant="default" disabled={!changed} onClick={revert}>
          {en.newRun.revert}
        </Button>
      </div>
    </form>
  );
}
