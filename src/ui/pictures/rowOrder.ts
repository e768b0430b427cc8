import { create, useStore } from 'zustand';
import { useSession } from '../session/context.ts';
import type { Session } from '../session/session.ts';
import { byAmount } from './latentOrder.ts';

interface RowOrderState {
  /**
   * Latents from the first row to the last, as a person had them sorted; null where they stand in their own order.
   */
  readonly sorted: {
    readonly order: readonly number[];
    /** What its run measures is what they are sorted by. It may be the other side's. */
    readonly session: Session;
    readonly generation: number;
  } | null;
}

/** One order for all rows of the page: those of two runs side by side lie beside one another. */
const useRowOrderState = create<RowOrderState>(() => ({ sorted: null }));

/**
 * The order of a run's rows. They stand still: they are sorted when a person asks, and stay so for as long as the
 * run.
 * @param amounts how much each of the session's latents carries now
 */
export function useRowOrder(amounts: readonly number[]) {
  const session = useSession();
  const sorted = useRowOrderState((state) => state.sorted);
  const generation = useStore((sorted?.session ?? session).run, (run) => run.generation);
  const isSorted = sorted?.generation === generation && sorted.order.length === amounts.length;
  return {
    order: isSorted ? sorted.order : amounts.map((_, latent) => latent),
    /** Whether it is this run's latents that the rows are sorted by. */
    isSorted: isSorted && sorted.session === session,
    toggle() {
      const { generation: current } = session.run.getState();
      const sortedHere = isSorted && sorted.session === session;
      useRowOrderState.setState({
        sorted: sortedHere ? null : { order: byAmount(amounts), session, generation: current },
      });
    },
  };
}
