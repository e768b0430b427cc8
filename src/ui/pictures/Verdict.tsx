import { formatCount } from '../format.ts';
import classes from './Traversal.module.css';
import type { Naming } from './useNaming.ts';

/** The whole code in one sentence; always as high, so that nothing jumps. */
export function Verdict({ naming }: { naming: Naming | null }) {
  if (!naming) return null;
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
    </p>
  );
}
