import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { exhibitConfigs, exhibitNames, exhibitSteps } from '../../config/exhibits.ts';
import { word } from '../../locale/word.ts';
import { Segments } from '../controls/Segments.tsx';
import { formatCount, formatQuantity } from '../format.ts';
import { useHints } from '../help/hintStore.ts';
import { Term } from '../help/Term.tsx';
import { CloseIcon, PlayIcon } from '../icons.tsx';
import { MachineNote } from '../MachineNote.tsx';
import { Panel, PanelHead } from '../Panel.tsx';
import { useSession } from '../session/context.ts';
import { useExhibit, useExhibition } from './context.ts';
import classes from './Exhibition.module.css';
import { ExhibitPlay } from './ExhibitPlay.tsx';
import { ExhibitRows } from './ExhibitRows.tsx';
import { PictureChooser } from './PictureChooser.tsx';
import { exhibitWords } from './words.ts';

/** Trained models to move, before anything is trained here. */
export function ExhibitionPanel() {
  const exhibition = useExhibition();
  const session = useSession();
  const name = useExhibit((state) => state.name);
  const error = useExhibit((state) => state.error);
  const shown = useExhibit((state) => state.view !== null);
  useEffect(() => {
    if (shown) void exhibition.fetchAll();
  }, [shown, exhibition]);

  return (
    <Panel label="Trained models">
      <PanelHead title={<Term name="exhibits">Trained models</Term>}>
        <Button
          leftSection={<PlayIcon />}
          onClick={() => {
            exhibition.close();
            useHints.getState().done(0);
            void session.playWhenMade();
          }}
        >
          Train it yourself
        </Button>
        <button
          type="button"
          className={classes.close}
          aria-label="Close the trained models"
          title="Close"
          onClick={exhibition.close}
        >
          <CloseIcon />
        </button>
      </PanelHead>
      <div className={classes.switch}>
        <Segments
          label="Trained model"
          value={name}
          onChange={(chosen) => exhibition.choose(chosen)}
          options={exhibitNames.map((known) => ({ value: known, label: exhibitWords[known].name }))}
        />
        <p className={classes.text}>{exhibitWords[name].text}</p>
      </div>
      {error ? (
        <div className={classes.error} role="alert">
          <p>The trained models cannot be shown. {word(error)}</p>
          <Button size="compact-sm" variant="default" onClick={exhibition.open}>
            Try again
          </Button>
        </div>
      ) : (
        <div className={classes.body}>
          <ExhibitRows />
          <div className={classes.side}>
            <PictureChooser />
            <ExhibitPlay />
          </div>
        </div>
      )}
      <div className={classes.foot}>
        <ExhibitFacts />
        <MachineNote />
      </div>
    </Panel>
  );
}

/** Where the models come from, and what they score. */
function ExhibitFacts() {
  const name = useExhibit((state) => state.name);
  const about = useExhibit((state) => state.view?.about ?? null);
  const { seed } = exhibitConfigs[name];
  return (
    <p className={classes.facts}>
      <Term name="factorVaeMetric">FactorVAE metric</Term>{' '}
      <strong data-testid="exhibit-metric">
        {about ? formatQuantity(about.factorVaeMetric, 2) : '\u2013'}
      </strong>{' '}
      · <Term name="reconstruction">reconstruction</Term>{' '}
      <strong>{about ? formatQuantity(about.reconstruction, 1) : '\u2013'} nats</strong> · All three: preset
      quick, {formatCount(exhibitSteps)} steps, seed {seed}, the best of ten for FactorVAE.
    </p>
  );
}
