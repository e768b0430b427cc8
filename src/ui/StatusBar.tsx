import { en } from '../locale/en/index.ts';
import { valueLabel } from '../locale/settingWords.ts';
import { useExhibit, useExhibition } from './exhibits/context.ts';
import { formatCount } from './format.ts';
import { KernelChoices } from './KernelChoices.tsx';
import { MachineNote } from './MachineNote.tsx';
import classes from './StatusBar.module.css';
import { StepCostFigures } from './StepCostFigures.tsx';
import { useRun, useSession } from './session/context.ts';
import { TextButton } from './TextButton.tsx';
import { TimeLeft } from './TimeLeft.tsx';

/** Where it trains, and what. */
export function StatusBar() {
  const info = useRun((run) => run.info);
  const parent = useSession().origin?.parent;
  const chosen = useRun((run) => (run.presetChosen ? run.preset : null));
  const exhibition = useExhibition();
  const open = useExhibit((state) => state.open);
  if (!info) return <footer className={classes.bar}>No run yet</footer>;
  const { config, runsOn, imageCount, parameterCount, stepFlops, choices } = info;
  return (
    <footer className={classes.bar}>
      <span data-testid="engine" data-engine={runsOn.engine}>
        <strong>{en.engines[runsOn.engine]}</strong> {runsOn.adapter}
        {runsOn.software && <span className={classes.tag}>software</span>}
      </span>
      <span>
        {valueLabel('dataset', config.dataset)} {config.imageSize}×{config.imageSize},{' '}
        {formatCount(imageCount)} pictures
      </span>
      <TimeLeft />
      <StepCostFigures flops={stepFlops} />
      {choices.length > 0 && <KernelChoices choices={choices} />}
      <span>{formatCount(parameterCount)} parameters</span>
      <span>batch {config.batchSize}</span>
      {chosen && <span data-testid="preset-chosen">preset {chosen}, chosen for this machine</span>}
      <span data-testid="seed" data-seed={config.seed}>
        seed {config.seed}
      </span>
      {parent && (
        <span data-testid="parent">
          forked from “{parent.name}”, step {formatCount(parent.step)}; a link gives its settings, not its
          weights
        </span>
      )}
      {!open && <MachineNote />}
      {!open && <TextButton onClick={exhibition.open}>Show the trained models</TextButton>}
      <a href="./licenses.txt" target="_blank" rel="noreferrer" className={classes.licences}>
        Licences
      </a>
    </footer>
  );
}
