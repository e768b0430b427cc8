import { useEffect, useMemo, useState } from 'react';
import type { LatentPair } from '../../model/codesFrame.ts';
import type { Picture, Traversal } from '../../model/pictures.ts';
import type { AlignmentScores } from '../../model/turn.ts';
import { useRun, useSession } from '../session/context.ts';
import { latestOnly } from '../session/latest.ts';

/** What was measured of a code, and of which step. */
export interface Measured {
  readonly step: number;
  readonly images: number;
  readonly scores: AlignmentScores;
}

export interface TurnedResults {
  readonly rows: readonly (readonly Picture[])[] | null;
  readonly asTrained: Measured | null;
  readonly turned: (Measured & { readonly degrees: number }) | null;
  readonly without: (Measured & { readonly latent: number }) | null;
}

const nothing: TurnedResults = { rows: null, asTrained: null, turned: null, without: null };

interface Wanted {
  readonly pair: LatentPair;
  readonly degrees: number;
  readonly without: number | null;
  /** Null where nothing is to be asked: while it trains, and until a person turns the knob. */
  readonly traversal: Traversal | null;
}

/** What the Worker makes of a turn and of a code without a latent, asked again for every change of them or the model. */
export function useTurned({ pair, degrees, without, traversal }: Wanted): TurnedResults {
  const session = useSession();
  const generation = useRun((run) => run.generation);
  const [found, setFound] = useState({ generation, results: nothing });
  const [first, second] = pair;
  const ask = useMemo(() => {
    const keep = (results: Partial<TurnedResults>) =>
      setFound((before) => ({
        generation: session.run.getState().generation,
        results: {
          ...(before.generation === session.run.getState().generation ? before.results : nothing),
          ...results,
        },
      }));
    // The session tells what is wrong with the run; here what was found last stays.
    const quietly = (task: Promise<void>) => task.catch(() => undefined);
    type Turned = { readonly pair: LatentPair; readonly degrees: number };
    return {
      asTrained: latestOnly<null>(() =>
        quietly(
          session.model.measureTurned({ turn: null, without: null }).then((asTrained) => keep({ asTrained })),
        ),
      ),
      turned: latestOnly<Turned>((turn) =>
        quietly(
          session.model
            .measureTurned({ turn, without: null })
            .then((measured) => keep({ turned: { ...measured, degrees: turn.degrees } })),
        ),
      ),
      without: latestOnly<number>((latent) =>
        quietly(
          session.model
            .measureTurned({ turn: null, without: latent })
            .then((measured) => keep({ without: { ...measured, latent } })),
        ),
      ),
      rows: latestOnly<{ readonly turn: Turned; readonly of: Traversal }>(({ turn, of }) =>
        quietly(
          session.model
            .turnRows({ turn, base: of.code.slice(), values: of.values })
            .then(({ rows }) => keep({ rows })),
        ),
      ),
    };
  }, [session]);

  useEffect(() => {
    if (traversal) ask.asTrained(null);
  }, [ask, traversal]);
  useEffect(() => {
    if (!traversal) return;
    const turn = { pair: [first, second] as const, degrees };
    ask.rows({ turn, of: traversal });
    ask.turned(turn);
  }, [ask, traversal, first, second, degrees]);
  useEffect(() => {
    if (traversal && without !== null) ask.without(without);
  }, [ask, traversal, without]);
  return found.generation === generation ? found.results : nothing;
}
