import type { LiveEvaluation } from '../../protocol/evaluation.ts';
import { formatQuantity } from '../format.ts';

/** The scores that sum a measurement up, inside a sentence. */
export function ScoreSummary({ of: { factorVae, mig } }: { of: LiveEvaluation }) {
  return (
    <>
      FactorVAE metric <b>{formatQuantity(factorVae.fitted)}</b>, MIG <b>{formatQuantity(mig)}</b>
    </>
  );
}
