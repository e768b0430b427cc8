import { useMemo } from 'react';
import { useEvaluations, useRun } from '../session/context.ts';
import { factorInSentence } from './factorWords.ts';
import { nameOf, verdictOf } from './naming.ts';

export interface Naming {
  /** The step that it is of; null while nothing is known yet. */
  readonly step: number | null;
  readonly verdict: string | null;
  /** What a latent has come to mean, such as "position y (92%)"; null for one that means nothing yet. */
  readonly nameOf: (latent: number) => string | null;
}

/** What the latents of the session's run have come to mean; null where nobody knows the factors. */
export function useNaming(): Naming | null {
  const factors = useRun(({ info }) => info?.known ?? null);
  const knowledge = useEvaluations((state) => state.knowledge);
  return useMemo(() => {
    if (!factors?.some(({ values }) => values.length > 1)) return null;
    if (!knowledge) return { step: null, verdict: null, nameOf: () => null };
    const names = factors.map((factor) => (factor.values.length > 1 ? factorInSentence(factor) : null));
    return {
      step: knowledge.step,
      verdict: verdictOf(knowledge.shares, names),
      nameOf(latent) {
        const known = nameOf(knowledge.shares.at(latent) ?? []);
        return known && `${names[known.factor]} (${Math.round(100 * known.share)}%)`;
      },
    };
  }, [factors, knowledge]);
}
