import { type LiveKey, limits } from '../../config/schema.ts';
import type { GlossaryTerm } from '../help/glossary.ts';
import { Term } from '../help/Term.tsx';
import { useRun, useSession } from '../session/context.ts';
import { useSided } from '../session/side.ts';
import { betaScale } from './gammaScale.ts';
import { hand } from './hand.ts';
import { ladderStep } from './ladder.ts';
import { NumberBox } from './NumberBox.tsx';
import classes from './Settings.module.css';

interface LiveNumberProps {
  readonly setting: Exclude<LiveKey, 'gamma'> & GlossaryTerm;
  readonly label: string;
  readonly next: (value: number, direction: 1 | -1) => number;
}

function LiveNumber({ setting, label, next }: LiveNumberProps) {
  const session = useSession();
  const value = useRun((run) => run.live?.[setting] ?? null);
  const range = setting === 'beta' ? limits.beta : limits.learningRate;
  return (
    <div className={classes.row}>
      <Term name={setting}>{label}</Term>
      <NumberBox
        label={useSided(`${label} value`)}
        value={value}
        range={range}
        next={next}
        onCommit={(committed) => session.setLive(setting, committed, hand.current)}
      />
    </div>
  );
}

/** The settings beside gamma that act while the run trains. */
export function LiveSettings() {
  return (
    <div className={classes.rows}>
      <BetaNumber />
      <RateNumbers />
    </div>
  );
}

/** Beta, where it is not the objective's own dial. */
export function BetaNumber() {
  const objective = useRun((run) => run.info?.config.objective ?? 'factorVae');
  const nextBeta = (value: number, direction: 1 | -1) =>
    betaScale.toValue(betaScale.toPosition(value) + direction / 100);
  return objective === 'factorVae' && <LiveNumber setting="beta" label="beta" next={nextBeta} />;
}

/** The learning rates: runs side by side share them. */
export function RateNumbers() {
  const objective = useRun((run) => run.info?.config.objective ?? 'factorVae');
  return (
    <>
      <LiveNumber setting="learningRate" label="Learning rate" next={ladderStep} />
      {objective === 'factorVae' && (
        <LiveNumber
          setting="discriminatorLearningRate"
          label="Discriminator learning rate"
          next={ladderStep}
        />
      )}
    </>
  );
}
