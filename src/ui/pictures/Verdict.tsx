import { formatCount } from '../format.ts';
import { ScoreSummary } from '../measures/ScoreSummary.tsx';
import { useEvaluations } from '../session/context.ts';
import classes from './Traversal.module.css';
import type { Naming } from './useNaming.ts';

/** The whole code in one sentence; always as high, so that nothing jumps. */
export function Verdict({ naming }: { naming: Naming | null }) {
  // What was measured further down is told here too, where one looks.
  const measured = useEvaluations((state) => state.records.at(-1) ?? null);
  if (!naming) return <p className={classes.verdict} />;
  const { step, verdict } = naming;
  return (
    <p className={classes.verdict} data-testid="verdict" data-step={step ?? undefined}>
      {step === null || verdict === null ? (
        'Rows get names once the model trains.'
      ) : (
        <>
          <span className={classes.verdictStep}>Step {formatCount(step)}:</span> {verdict}.
        </>
      )}
      {measured && (
        <span className={classes.verdictMeasured}>
          Measured at step {formatCount(measured.step)}: <ScoreSummary of={measured} />.
        </span>
      )}
    </p>
  );
}
