import { latentQuantityOf } from '../latentQuantity.ts';
import { usePictures, useRun, useSession } from '../session/context.ts';
import { useRowOrder } from './rowOrder.ts';
import { useNaming } from './useNaming.ts';

const unnamed = () => null;

/** The traversals of the session's run, and all that is told of their rows. */
export function useTraversalRows() {
  const { history } = useSession();
  const pictures = usePictures((set) => set);
  const preparing = useRun((run) => run.phase === 'preparing');
  const naming = useNaming();
  const traversal = pictures?.traversal ?? null;
  const quantity = latentQuantityOf(useRun(({ info }) => info?.columns ?? null));
  const values = traversal?.rows.map((_, latent) => history.recentMean(quantity.column(latent))) ?? [];
  const { order, isSorted, toggle } = useRowOrder(values.map(quantity.amount));
  return {
    pictures,
    preparing,
    naming,
    /** What the rows are sorted by. */
    sortedBy: quantity.short,
    isSorted,
    toggleSorted: toggle,
    /** What a grid of them is drawn from; null before there are any. */
    rows: pictures &&
      traversal && {
        traversal,
        step: pictures.step,
        quantity,
        values,
        order,
        nameOf: naming?.nameOf ?? unnamed,
        tile: pictures.base.picture.width,
        /** The pictures are those of a run that is being replaced. */
        stale: preparing,
      },
  };
}
