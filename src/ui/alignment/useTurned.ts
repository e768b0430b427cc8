import { useEffect, useMemo, useState } from 'react';
import type { Picture, Traversal } from '../../model/pictures.ts';
import type { Turn } from '../../model/turn.ts';
import type { ResultOf } from '../../protocol/messages.ts';
import { useRun, useSession } from '../session/context.ts';
import { latestOnly } from '../session/latest.ts';

type Measured = ResultOf<'measureTurned'>;

export interface TurnedResults {
  readonly rows: readonly (readonly Picture[])[] | null;
  readonly asTrained: Measured | null;
  readonly turned: (Measured & { readonly degrees: number }) | null;
  readonly without: (Measured & { readonly latent: number }) | null;
}

const nothing: TurnedResults = { rows: null, asTrained: null, turned: null, without: null };

interface Wanted extends Turn {
  readonly without: number | null;
  /** Null where nothing is to be asked: while it trains, and until a person turns the knob. */
  readonly traversal: Traversal | null;
}

/**
 * What the Worker makes of a turn and of a code without a latent. It is asked again for every change of them or of
 * the model.
 */
export function useTurned({ pair, degrees, without, traversal }: Wanted): TurnedResults {
  const session = useSession();
  const generation = useRun((run) => run.generation);
  const [found, setFound] = useState({ generation, results: nothing });
  const [first, second] = pair;
  const ask = useMemo(() => {
    const keep = (results: Partial<TurnedResults>) => {
      const present = session.run.getState().generation;
      setFound((before) => ({
        generation: present,
        results: { ...(before.generation === present ? before.results : nothing), ...results },
      }));
    };
    /** Asks for one input at a time, the latest. */
    const asking = <Input>(ask: (input: Input) => Promise<Partial<TurnedResults>>) =>
      latestOnly<Input>((input) =>
        ask(input).then(keep, () => {
          // The session tells what is wrong with the run; here what was found last stays.
        }),
      );
    return {
      asTrained: asking<null>(async () => ({
        asTrained: await session.model.measureTurned({ turn: null, without: null }),
      })),
      turned: asking<Turn>(async (turn) => ({
        turned: { ...(await session.model.measureTurned({ turn, without: null })), degrees: turn.degrees },
      })),
      without: asking<number>(async (latent) => ({
        without: { ...(await session.model.measureTurned({ turn: null, without: latent })), latent },
      })),
      rows: asking<{ readonly turn: Turn; readonly of: Traversal }>(async ({ turn, of }) => {
        const { rows } = await session.model.turnRows({ turn, base: of.code.slice(), values: of.values });
        return { rows };
      }),
    };
  }, [session]);

  useEffect(() => {
    if (traversal) ask.asTrained(null);
  }, [ask, traversal]);
  useEffect(() => {
    if (!traversal) return;
    const turn: Turn = { pair: [first, second], degrees };
    ask.rows({ turn, of: traversal });
    ask.turned(turn);
  }, [ask, traversal, first, second, degrees]);
  useEffect(() => {
    if (traversal && without !== null) ask.without(without);
  }, [ask, traversal, without]);
  return found.generation === generation ? found.results : nothing;
}
